FROM python:3.11-slim AS build
WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project
COPY shared shared
COPY services services
COPY waymark waymark
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin waymark \
    && install -d -o waymark -g waymark -m 0700 /data
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 WAYMARK_DATA_DIR=/data
USER waymark
WORKDIR /data
VOLUME /data
CMD ["waymark", "--help"]
