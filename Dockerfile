# One image for every process of an installation; docker-compose.yml says which of them a container runs.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project
COPY shared shared
COPY services services
COPY waymark waymark
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin waymark \
    && install -d -o waymark -g waymark -m 0700 /data \
    && python -m pip uninstall --yes --quiet --root-user-action=ignore pip setuptools wheel
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WAYMARK_DATA_DIR=/data \
    WAYMARK_HEALTH_HOST=0.0.0.0 \
    WAYMARK_HEALTH_PORT=9100
USER 10001:10001
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000 9100
# Alive, not ready: a process whose database is away must not be ended for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:9100/healthz', timeout=3)"]
CMD ["waymark", "--help"]
