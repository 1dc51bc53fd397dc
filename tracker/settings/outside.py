"""What leaves the installation: mail, messages to robots, the questions to a language model."""

import ipaddress

from .environment import env

vars().update(env.email_url("SHIJI_MAIL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env("SHIJI_MAIL_FROM", default="shiji@localhost")
EMAIL_TIMEOUT = 10
# The site's own address in messages that leave it; without one they carry no link.
SITE_URL = env("SHIJI_URL", default="")
# Chat robots are reached at these hosts only ("host" or "host:port"), and at inner addresses only
# where a network is let in.
ROBOT_HOSTS = frozenset(
    env.list(
        "SHIJI_ROBOT_HOSTS",
        default=["qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"],
    )
)
ROBOT_NETWORKS = [
    ipaddress.ip_network(network) for network in env.list("SHIJI_ROBOT_NETWORKS", default=[])
]

# A language model may propose wordings: off without an address. Its host has to be among those above.
POLISH_URL = env("SHIJI_POLISH_URL", default="")
POLISH_MODEL = env("SHIJI_POLISH_MODEL", default="")
POLISH_KEY = env("SHIJI_POLISH_KEY", default="")
