# syntax=docker/dockerfile:1

# Debian, not Alpine: ONNX Runtime's prebuilt library needs glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build
# From here on only what runs. Libraries for other systems are most of ONNX Runtime's size.
RUN npm ci --omit=dev --ignore-scripts \
  && npm cache clean --force \
  && rm -rf node_modules/onnxruntime-node/bin/napi-v*/darwin node_modules/onnxruntime-node/bin/napi-v*/win32

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=build /app/package.json /app/package.json
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY models /app/models
COPY app.yml LICENSE /app/
# For "docker compose exec sentinel sentinel doctor".
RUN chmod +x /app/dist/cli/sentinel.js \
  && ln -s /app/dist/cli/sentinel.js /usr/local/bin/sentinel
# Sentinel writes where it is started: .env from the setup page, data/ with the SQLite database.
RUN install -d -o node -g node -m 700 /var/lib/sentinel
WORKDIR /var/lib/sentinel
VOLUME /var/lib/sentinel
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "/app/dist/main.js"]
