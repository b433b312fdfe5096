#!/bin/sh
# Run once by the database's image: an owner who may make roles and is no superuser.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set=password="$WAYMARK_OWNER_PASSWORD" <<'SQL'
CREATE ROLE waymark LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE waymark OWNER waymark;
SQL
