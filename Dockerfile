# The server's image: Node, production dependencies, sources (run as they are, by type stripping), templates, client.
# In development Node 24 comes as the devDependency `node`; here the base image is Node 24 itself, of the same version
# (scripts/lint-deploy.ts compares the two).
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:${NODE_VERSION}-bookworm-slim
# Process 1 must not be node: the kernel drops a SIGKILL that process 1 sends to itself, and by that signal the watchdog ends a
# process whose loop is stuck, and the server one whose disk failed. tini also passes SIGTERM on from the first moment.
# No version for it: Debian takes an older one away when it has a newer.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends tini \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY deploy/health-check.mjs ./deploy/
COPY templates ./templates
COPY client ./client
COPY src ./src
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    PARLEY_DATA_DIR=/data
# By number, so that Kubernetes can tell that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 8080
# Answers as long as the process does: a restart cures that, and nothing else. Whether clients should come is /ready's matter.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["node", "deploy/health-check.mjs"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "node", "--disable-warning=ExperimentalWarning", "src/app/main.ts"]
