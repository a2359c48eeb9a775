# align on the CPU:
#
#     docker build --tag align .
#     docker run --rm -v align-models:/models -v "$PWD:/data" align run talk.mp4 talk.txt -o subtitles
#
# Models are pulled on the first run into the volume /models. EXTRAS=all adds diarization, for which torch brings several GB.
FROM python:3.12-slim-bookworm

ARG EXTRAS=plot,review,shots,translate

COPY . /src
RUN pip install --no-cache-dir --constraint /src/constraints.txt "/src[${EXTRAS}]" \
    && rm -r /src \
    && useradd --create-home --uid 1000 align \
    && install --directory --owner align /models /data

ENV ALIGN_MODELS=/models
USER 1000
WORKDIR /data
VOLUME ["/models", "/data"]
ENTRYPOINT ["align"]
CMD ["--help"]
