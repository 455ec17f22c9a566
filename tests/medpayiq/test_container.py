"""The rules that a linter of Dockerfiles and compose files would ask for, on ours."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

DEPLOY = Path(settings.BASE_DIR) / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined.splitlines() if line]


def named(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def of_last_stage(name: str) -> list[str]:
    names = [instruction for instruction, _ in instructions()]
    last = len(names) - names[::-1].index("FROM") - 1
    return [rest for instruction, rest in instructions()[last:] if instruction == name]


def images() -> list[str]:
    bases = [rest.split()[0] for rest in named("FROM")]
    return [*bases, *(service["image"] for service in SERVICES.values() if "pull_policy" not in service)]


@pytest.mark.parametrize("image", images())
def test_an_image_is_pinned_to_a_release(image: str) -> None:
    assert re.search(r":v?\d+\.\d+(\.\d+)?(-[a-z]+)*$", image), image


def test_nothing_is_added_from_elsewhere() -> None:
    assert named("ADD") == []
    assert not any(re.search(r"\b(curl|wget|sudo)\b", rest) for rest in named("RUN"))


def test_the_process_runs_as_a_numbered_user_that_is_not_root() -> None:
    assert of_last_stage("USER") == ["10001:10001"]


def test_the_healthcheck_and_the_command_need_no_shell() -> None:
    assert of_last_stage("CMD")[0].startswith("[")
    assert " CMD [" in of_last_stage("HEALTHCHECK")[0]


def test_libraries_come_as_wheels_with_known_digests() -> None:
    (install,) = (rest for rest in named("RUN") if "pip install" in rest)
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install


def test_no_secret_is_in_a_layer() -> None:
    assert not any(re.search(r"(SECRET|PASSWORD|TOKEN)\w*=", rest) for rest in named("ENV") + named("ARG"))


def test_the_last_stage_installs_nothing() -> None:
    assert not any("install " in rest and "pip" in rest for rest in of_last_stage("RUN"))
    assert not any("apt" in rest for rest in named("RUN"))


def test_all_that_is_copied_is_there() -> None:
    sources = [source for rest in named("COPY") if "--from" not in rest for source in rest.split()[:-1]]
    assert [source for source in sources if not (Path(settings.BASE_DIR) / source).exists()] == []


def test_only_what_is_named_reaches_the_build() -> None:
    rules = [
        line
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert rules[0] == "*"
    assert {"deploy/secrets", "deploy/.env"} <= set(rules)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_a_read_only_root_and_no_capabilities(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_limits(service: str) -> None:
    assert {"mem_limit", "pids_limit"} <= set(SERVICES[service])


def test_the_cache_wants_a_password_that_stands_in_no_list_of_processes() -> None:
    command = " ".join(SERVICES["redis"]["command"])
    assert "requirepass $$(cat /run/secrets/redis_password)" in command.split("<<EOF")[1]
    assert SERVICES["web"]["environment"]["CACHE_PASSWORD_FILE"] == "/run/secrets/redis_password"


def test_a_shell_hands_its_place_to_the_server_which_a_stop_then_reaches() -> None:
    """The first process of a container gets the SIGTERM, and a shell would keep it for itself."""
    assert SERVICES["redis"]["command"][2].startswith("exec redis-server ")


@pytest.mark.parametrize("service", SERVICES)
def test_what_compose_would_copy_into_a_read_only_container_is_not_used(service: str) -> None:
    """A config with `content`, a secret with `environment`: Docker refuses to start the container."""
    assert "configs" not in SERVICES[service]
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_one_service_builds_the_image_that_all_of_the_sites_run() -> None:
    assert [name for name, service in SERVICES.items() if "build" in service] == ["prepare"]
    of_the_site = [service for service in SERVICES.values() if service["image"] == "medpayiq:local"]
    assert len(of_the_site) == 4
    assert {service["pull_policy"] for service in of_the_site} == {"never"}


def test_the_jobs_run_in_containers_too() -> None:
    assert SERVICES["scheduler"]["command"] == ["python", "deploy/scheduler.py", "--skip", "backup"]
    assert SERVICES["backup"]["command"] == ["nightly"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_not_privileged(service: str) -> None:
    assert not {"privileged", "network_mode", "pid", "ipc", "devices"} & set(SERVICES[service])


@pytest.mark.parametrize("service", SERVICES)
def test_a_secret_is_a_file_and_not_in_the_environment(service: str) -> None:
    environment = SERVICES[service].get("environment", {})
    secret = {name for name in environment if re.search("SECRET|PASSWORD|TOKEN", name)}
    assert all(name.endswith("_FILE") for name in secret)
    assert all(environment[name].startswith("/run/secrets/") for name in secret)
    assert not any(re.search(r"://[^/]*:[^/]*@", value) for value in environment.values())


def test_only_the_proxy_has_ports() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_no_visitor_is_handed_on_under_an_address_of_the_engine() -> None:
    """A published port without an address takes IPv6 too, which a network without it can't pass on as it is."""
    assert all(port.startswith("0.0.0.0:") for port in SERVICES["caddy"]["ports"])
    assert "enable_ipv6" not in COMPOSE["networks"]["outside"]


def test_the_database_and_the_cache_cannot_reach_the_world() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_every_secret_volume_and_network_is_declared() -> None:
    for kind in ("secrets", "networks"):
        used = {each for service in SERVICES.values() for each in service.get(kind, [])}
        assert used <= set(COMPOSE[kind])
    volumes = {each.split(":")[0] for service in SERVICES.values() for each in service.get("volumes", [])}
    assert {name for name in volumes if not name.startswith(".")} == set(COMPOSE["volumes"])


def test_the_caddyfile_has_balanced_braces_and_no_access_log() -> None:
    rules = re.sub(r"(?m)#.*$", "", (DEPLOY / "Caddyfile").read_text())
    assert rules.count("{") == rules.count("}")
    assert rules.count("log {") == 1
    assert "trusted_proxies" not in rules


def test_the_secrets_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    script = tmp_path / "make_secrets.sh"
    script.write_bytes((DEPLOY / "make_secrets.sh").read_bytes())
    subprocess.run(["sh", str(script)], check=True, capture_output=True)
    key = (tmp_path / "secrets" / "secret_key").read_text()
    subprocess.run(["sh", str(script)], check=True, capture_output=True)
    assert (tmp_path / "secrets" / "secret_key").read_text() == key
    assert len(key) >= 50
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
