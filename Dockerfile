# The service as one image: an unprivileged user, no compiler, nothing that has to be written but /var/lib/nen-cds.
# That this tag exists: https://github.com/docker-library/repo-info/blob/422f3cfe488dc9ae394c5058b27db617f72c91db/repos/python/remote/3.11.16-slim-bookworm.md
FROM python:3.11.16-slim-bookworm AS build
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
# Two environments: what runs, and what builds it (the build checks knowledge/ and so needs both).
RUN python -m venv /opt/nen-cds \
    && /opt/nen-cds/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
        -r requirements.txt -r requirements-build.txt
COPY . .
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
    && /opt/nen-cds/bin/pip install --no-cache-dir --no-index --no-deps /wheel/*.whl

FROM python:3.11.16-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/nen-cds --create-home nen-cds
COPY --from=build /opt/nen-cds /opt/nen-cds
ENV PATH=/opt/nen-cds/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
# SQLite, where no other database is named, goes to var/ below this folder.
WORKDIR /var/lib/nen-cds
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/readyz', timeout=2)"]
ENTRYPOINT ["nen-cds"]
CMD ["serve", "--host", "127.0.0.1", "--port", "8080"]
