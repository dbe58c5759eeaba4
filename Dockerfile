# A release line with long support, by its number: the next one is a decision and not a rebuild.
FROM node:24-slim AS build
# setuptools: sqlite3's node-gyp needs distutils, which Python has no more from 3.12 on.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 python3-setuptools make g++ \
  && rm -rf /var/lib/apt/lists/*
# sqlite3 comes as a binary that nobody checks by a hash: built from its sources, which the lock's
# hash covers, with the headers that the image has.
ENV npm_config_build_from_source=sqlite3 \
  npm_config_nodedir=/usr/local
WORKDIR /app
# Before the sources, so that a change of these alone does not install everything again.
COPY package.json package-lock.json ./
COPY src/simulators/discord/package.json src/simulators/discord/
COPY src/simulators/providers/package.json src/simulators/providers/
RUN npm ci --no-audit --no-fund
COPY LICENSE tsconfig.json ./
COPY src ./src
COPY commands ./commands
# The bot alone: no simulator, no trial, no tool; and of its packages nothing that only tests, builds
# and installations need, old releases of tar and node-gyp among it.
RUN npm run image -- /app/bot

# The same base: sqlite3's binary belongs to its Node and its C library.
FROM node:24-slim
# For last frames, and for clips that are too large for Discord.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg \
  && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production \
  DATA_DIR=/data \
  STORE_URL=sqlite:///data/clapper.sqlite \
  HTTP_PORT=8080
WORKDIR /app
# The packages first: they change less often than the code.
COPY --from=build /app/bot/node_modules ./node_modules
COPY --from=build /app/bot/package.json /app/bot/LICENSE ./
COPY --from=build /app/bot/dist ./dist
# A new volume takes over the owner and the mode of its folder, /media where several processes share
# one; compiled code is for the same user.
RUN install --directory --owner=node --group=node --mode=0700 /data /media dist/src/compiled
VOLUME /data
USER node
# A start without settings loads everything, then ends with 78. Node keeps what it compiled, so that
# every later start is quicker, although the image may then be read-only.
RUN node dist/src/main.js 2> /dev/null || [ $? -eq 78 ]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself and not npm, which would not pass the signals on.
CMD ["node", "dist/src/main.js"]
