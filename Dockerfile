FROM denoland/deno:2.9.6 AS build
WORKDIR /app
COPY . .
RUN deno task build && deno cache main.ts workers/article_worker.ts

FROM denoland/deno:2.9.6
WORKDIR /app
ENV HOSTNAME=0.0.0.0 PORT=8000 DATA_DIR=/data
COPY --from=build --chown=deno:deno /deno-dir /deno-dir
COPY --from=build /app /app
RUN mkdir /data && chown -R deno:deno /data
USER deno
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["deno", "eval", "const r = await fetch(`http://127.0.0.1:${Deno.env.get('PORT')}/healthz`); Deno.exit(r.ok ? 0 : 1)"]
CMD ["run", "-P=serve", "main.ts"]
