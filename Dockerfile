# provablesec as one native program, with git for diff, scan and --changed-since:
#   docker build -t provablesec . && docker run --rm --network none -v "$PWD:/work" provablesec check .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install --yes --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*
COPY . /source
ARG TARGETARCH=amd64
RUN case "$TARGETARCH" in amd64) runtime=linux-x64 ;; arm64) runtime=linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac \
    && /source/eng/publish-native.sh "$runtime" && install -D "/source/artifacts/native/$runtime/provablesec" /out/provablesec

# Not older than the system of the build image: the program needs its C library or a later one.
FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    # What is mounted belongs to somebody else; git is only read with, and starts nothing that a repository names.
    && git config --system --add safe.directory '*' \
    && useradd --create-home --uid 1000 provablesec
COPY --from=build /out/provablesec /usr/local/bin/provablesec
COPY --from=build /source/LICENSE /source/THIRD-PARTY-NOTICES.md /usr/share/doc/provablesec/
USER provablesec
WORKDIR /work
ENTRYPOINT ["provablesec"]
