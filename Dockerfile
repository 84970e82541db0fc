# mythbot with its answers compiled in: docker build -t mythbot .
# Run it:  docker run --read-only --cap-drop=ALL --env-file .env -v mythbot:/data mythbot

FROM rust:1.95-slim-trixie AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --bin mythbot \
    && install -D target/release/mythbot /out/mythbot \
    && mkdir /out/data

# No shell, no package manager, no root.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /out/mythbot /usr/local/bin/mythbot
COPY --from=build --chown=nonroot:nonroot /out/data /data
WORKDIR /data
ENV DATABASE_URL=sqlite:///data/mythbot.db
VOLUME /data
# The bot finishes what it has begun, at most ten seconds: docker's own patience.
STOPSIGNAL SIGTERM
# METRICS_ADDR is 127.0.0.1:9464 here, too: asked inside, closed to the outside.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["mythbot", "health"]
ENTRYPOINT ["mythbot"]
CMD ["run"]
