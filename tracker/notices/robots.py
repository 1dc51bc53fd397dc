"""Chat groups: what 企业微信, 钉钉 and 飞书 robots want to be sent, and when they have taken it."""

import base64
import hashlib
import hmac
import time
from collections.abc import Sequence
from urllib.parse import quote_plus

from . import reaching
from .models import Channel, Service


class Declined(Exception):
    """The robot answered, and did not take the message; the message says why, in Chinese."""


def say(channel: Channel, text: str, mobiles: Sequence[str] = ()) -> None:
    """Send the text to the group. Raises Declined, Forbidden or Unreached."""
    answer = _SAYERS[channel.service](channel, text, list(mobiles))
    code = answer.get("errcode", answer.get("code", answer.get("StatusCode")))
    if code != 0:
        raise Declined(f"群机器人没有接收，代码{str(code)[:20]}。")


def _wecom(channel: Channel, text: str, mobiles: list[str]) -> dict:
    body = {"content": text} | ({"mentioned_mobile_list": mobiles} if mobiles else {})
    return reaching.post(channel.address, {"msgtype": "text", "text": body})


def _dingtalk(channel: Channel, text: str, mobiles: list[str]) -> dict:
    # The robot calls only those whose number stands in the text.
    text += "".join(f" @{mobile}" for mobile in mobiles)
    at = {"atMobiles": mobiles, "isAtAll": False}
    message = {"msgtype": "text", "text": {"content": text}, "at": at}
    return reaching.post(_dingtalk_address(channel), message)


def _dingtalk_address(channel: Channel) -> str:
    if not channel.secret:
        return channel.address
    now = str(round(time.time() * 1000))
    mark = signed(channel.secret.encode(), f"{now}\n{channel.secret}".encode())
    joint = "&" if "?" in channel.address else "?"
    return f"{channel.address}{joint}timestamp={now}&sign={quote_plus(mark)}"


def _feishu(channel: Channel, text: str, mobiles: list[str]) -> dict:
    message = {"msg_type": "text", "content": {"text": text}}
    if channel.secret:
        now = str(int(time.time()))
        # Its key is what others sign, and it signs nothing.
        message |= {"timestamp": now, "sign": signed(f"{now}\n{channel.secret}".encode(), b"")}
    return reaching.post(channel.address, message)


def signed(key: bytes, content: bytes) -> str:
    """HMAC-SHA256 in base64, as 钉钉 and 飞书 write it."""
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


_SAYERS = {
    Service.WECOM: _wecom,
    Service.DINGTALK: _dingtalk,
    Service.FEISHU: _feishu,
}
