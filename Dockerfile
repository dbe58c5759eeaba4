# The build needs a compiler: sqlite3 is built from source where its prebuilt binary cannot be had.
FROM node:lts-slim AS build
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# Before the sources, so that a change of these alone does not install everything again.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY commands ./commands
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

# The same base: sqlite3's binary belongs to its Node and its C library.
FROM node:lts-slim
ENV NODE_ENV=production \
  DATA_DIR=/data \
  STORE_URL=sqlite:///data/clapper.sqlite \
  HTTP_PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY LICENSE ./
# A new volume takes over the owner and the mode of this folder.
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself and not npm, which would not pass the signals on.
CMD ["node", "dist/src/main.js"]
