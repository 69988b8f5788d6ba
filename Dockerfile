FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements ./requirements
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && uv venv /opt/parley \
    && uv pip sync --compile-bytecode --python /opt/parley/bin/python --require-hashes requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
COPY knowledge ./knowledge
COPY seeds ./seeds
RUN uv venv /opt/build \
    && uv pip sync --python /opt/build/bin/python --require-hashes requirements/preview.txt \
    && uv build --wheel --no-build-isolation --python /opt/build/bin/python --out-dir /dist \
    && uv pip install --no-deps --compile-bytecode --python /opt/parley/bin/python /dist/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data parley && install -d -o parley -g parley /data
COPY --from=build /opt/parley /opt/parley
USER parley
WORKDIR /data
VOLUME /data
ENV PYTHONTZPATH= PATH=/opt/parley/bin:$PATH DATABASE_URL=sqlite+aiosqlite:////data/parley.db PYTHONUNBUFFERED=1 \
    PARLEY_WEB_PORT=8131
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['PARLEY_WEB_PORT'] + '/healthz', timeout=4)"]
CMD ["parley", "run"]
