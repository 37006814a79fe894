# Pin both by digest where you build: docker buildx imagetools inspect denoland/deno:2.9.6
ARG DENO=denoland/deno:2.9.6

FROM ${DENO} AS build
WORKDIR /app
COPY . .
# What only tests, benchmarks and the dictionary's build need would triple the image.
RUN deno remove @pinyin-pro/data pinyin pinyin-pro opencc-js playwright-core puppeteer-core axe-core fast-check \
  ajv ajv-formats kubernetes-models @seriousme/openapi-schema-validator \
  && deno run -P=build dev.ts build \
  && deno cache main.ts _fresh/server.js workers/*.ts lib/database/embedded_worker.ts \
  tasks/permissions.ts

FROM ${DENO}
WORKDIR /app
# Loopback is the container's own, so the address must be open; the node then asks for tokens.
ENV LISTEN=0.0.0.0 PORT=8000 DATA_DIR=/data DENO_DIR=/deno-dir DENO_NO_UPDATE_CHECK=1
COPY --from=build /deno-dir /deno-dir
COPY --from=build /app /app
RUN mkdir /data && chown deno:deno /data
USER deno
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# The root may be read-only: docker run --read-only --tmpfs /tmp -v millrace:/data …
# A worker serves no HTTP: its process is its health.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["deno", "eval", "const { PORT, ROLE, BASE_PATH = '' } = Deno.env.toObject(); if (ROLE !== 'worker') await fetch(`http://127.0.0.1:${PORT}${BASE_PATH.replace(/[/]$/, '')}/healthz`).then(({ ok }) => Deno.exit(ok ? 0 : 1))"]
CMD ["sh", "ops/run-node.sh"]
