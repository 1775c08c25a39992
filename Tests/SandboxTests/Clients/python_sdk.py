"""Drives a sandbox with Cloudflare's official Python SDK (PyPI: cloudflare), and fails at the first difference.

Usage: python_sdk.py BASE_URL, of a fresh sandbox with the fault 'GET /memberships: 429 retry-after=0' and no request limit.
"""

import os
import sys

import cloudflare

EMAIL = "admin@sandbox.example"
KEY = "5a6db0c5a6db0c5a6db0c5a6db0c5a6db0c5a"
USER_TOKEN = "sandbox-user-token-000000000000000000000"
ACCOUNT_TOKEN = "sandbox-acct-token-000000000000000000000"

BASE_URL = sys.argv[1]

for name in [name for name in os.environ if name.startswith("CLOUDFLARE_")]:
    del os.environ[name]


def connect(**credentials):
    return cloudflare.Cloudflare(base_url=BASE_URL, max_retries=0, **credentials)


def refused(exception, code, call, *arguments, **named):
    """Asserts that the call raises that class, with that code first."""
    try:
        call(*arguments, **named)
    except cloudflare.APIStatusError as error:
        assert type(error) is exception, (type(error), exception)
        assert error.errors[0].code == code, (error.errors, code)
        return error
    raise AssertionError(f"{call} was not refused")


def listing(client):
    accounts = list(client.accounts.list(per_page=50))
    identifiers = {account.id for account in accounts}
    total = client.accounts.list(per_page=5).result_info.total_count
    assert len(accounts) == len(identifiers) == total == 1204, (len(accounts), len(identifiers), total)
    backwards = list(client.accounts.list(per_page=50, direction="desc"))
    assert [account.id for account in backwards] == [account.id for account in reversed(accounts)]
    wanted = [account.id for account in accounts if "harbor" in account.name.lower()]
    found = [account.id for account in client.accounts.list(name="Harbor", per_page=50)]
    assert wanted and found == wanted
    assert all(account.created_on.tzinfo is not None for account in accounts)
    assert {account.type for account in accounts} == {"standard", "enterprise"}
    return accounts


def writing(client):
    key = "3c9c8a6e-6d0f-4f5e-9c43-1f6c9a3a1d52"
    account = client.accounts.create(name="Café Zürich 東京", type="enterprise", idempotency_key=key)
    again = client.accounts.create(name="Café Zürich 東京", type="enterprise", idempotency_key=key)
    assert account.id == again.id and account.name == "Café Zürich 東京" and account.type == "enterprise"
    assert client.accounts.get(account_id=account.id) == account

    refused(
        cloudflare.BadRequestError, 1001, client.accounts.update,
        account_id=account.id, id=account.id, name="Renamed", type="enterprise",
    )
    body = {"id": account.id, "name": "Renamed", "settings": {"enforce_twofactor": True}}
    client.put(f"/accounts/{account.id}", body=body, cast_to=object)
    renamed = client.accounts.get(account_id=account.id)
    assert renamed.name == "Renamed" and renamed.settings.enforce_twofactor is True

    assert client.accounts.delete(account_id=account.id).id == account.id
    refused(cloudflare.NotFoundError, 7003, client.accounts.get, account_id=account.id)
    refused(cloudflare.NotFoundError, 7003, client.accounts.delete, account_id=account.id)


def reading(client, accounts):
    account = next(account for account in accounts[1:] if len(list(client.zones.list(account={"id": account.id}))) > 20)
    zones = list(client.zones.list(account={"id": account.id}, per_page=50))
    assert all(zone.account.id == account.id for zone in zones) and zones[0].plan.name
    members = list(client.accounts.members.list(account_id=account.id))
    assert any(member.email == EMAIL and member.status == "accepted" for member in members)
    roles = list(client.accounts.roles.list(account_id=account.id))
    assert any(role.id == "05784afa30c1afe1440e79d9351c7430" for role in roles)
    enterprise = next(account for account in accounts[1:] if account.type == "enterprise")
    assert any(plan.state == "Paid" for plan in client.accounts.subscriptions.get(account_id=enterprise.id))
    list(client.logpush.jobs.list(account_id=enterprise.id))
    assert client.user.get().email == EMAIL
    tenant = next(iter(client.user.tenants.list()))
    assert client.tenants.get(tenant_id=tenant.id).tenant_tag == tenant.id
    assert list(client.tenants.account_types.list(tenant_id=tenant.id)) == ["standard", "enterprise"]
    assert client.tenants.entitlements.get(tenant_id=tenant.id).partial_setup_allowed.value is True
    assert next(iter(client.tenants.memberships.list(tenant_id=tenant.id))).user_email == EMAIL
    assert next(iter(client.tenants.accounts.list(tenant_id=tenant.id))).id == accounts[1].id
    assert len(list(client.organizations.list())) == 3


def refusing(client):
    assert connect(api_token=USER_TOKEN).user.tokens.verify().status == "active"
    own = connect(api_token=ACCOUNT_TOKEN)
    first = own.accounts.list()
    assert len(first.result) == 1
    assert own.accounts.list(page=7).result == first.result
    assert own.accounts.tokens.verify(account_id=first.result[0].id).status == "active"
    refused(cloudflare.AuthenticationError, 1000, own.user.tokens.verify)
    refused(cloudflare.PermissionDeniedError, 1002, own.accounts.create, name="x")
    refused(cloudflare.BadRequestError, 6003, connect(api_token="short").accounts.list)
    refused(cloudflare.PermissionDeniedError, 10000, connect(api_token="x" * 40).accounts.list)
    refused(cloudflare.PermissionDeniedError, 9103, connect(api_email=EMAIL, api_key="0" * 37).accounts.list)
    refused(cloudflare.BadRequestError, 1001, client.accounts.create, name="")
    refused(cloudflare.BadRequestError, 1001, client.accounts.create, name="x" * 101)
    refused(cloudflare.BadRequestError, 1001, client.accounts.list, per_page=51)
    refused(cloudflare.NotFoundError, 7003, client.accounts.get, account_id="a/b")
    refused(cloudflare.RateLimitError, 971, client.memberships.list)


client = connect(api_email=EMAIL, api_key=KEY)
accounts = listing(client)
writing(client)
reading(client, accounts)
refusing(client)
print(f"cloudflare {cloudflare.__version__}: as expected")
