"""What must hold of the shipped configuration for a deployment even where no nginx is there to read it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_data_is_answered_without_tls() -> None:
    text = (ROOT / "deploy" / "nginx-tls.conf").read_text(encoding="utf-8")
    _, plain, encrypted = text.split("\nserver {")
    assert "listen 80;" in plain
    assert "return 308 https://" in plain
    assert "proxy_pass" not in plain
    assert "listen 443 ssl;" in encrypted
    assert "proxy_pass http://127.0.0.1:8080;" in encrypted


def test_both_proxies_buffer_whole_requests_and_share_the_services_cap() -> None:
    for name in ("nginx.conf", "nginx-tls.conf"):
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        assert "proxy_request_buffering on;" in text
        assert "client_max_body_size 5m;" in text
        assert "client_body_timeout 5s;" in text
