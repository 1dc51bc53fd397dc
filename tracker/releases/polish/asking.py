"""One question to the model: an OpenAI-compatible address that the operator named."""

from django.conf import settings

from tracker.notices import reaching

TASK = (
    "你是公文编辑。润色用户给出的一段中文公文，使其通顺、简洁、庄重，不改变意思，不增加事实。"
    "形如⟦1⟧的记号代表数字、日期、名称和引文，必须原样保留，数量和先后次序都不变。"
    "不得写任何数字（包括汉字数字），不得在记号前后增删“约”“近”“余”“超”等词。"
    "只输出润色后的这一段，不要解释。"
)
PATIENCE = 60


def enabled() -> bool:
    """Has the operator named an address and a model?"""
    return bool(settings.POLISH_URL and settings.POLISH_MODEL)


def ask(text: str) -> str:
    """The model's words for the text. Forbidden or Unreached, with the reason in Chinese."""
    message = {
        "model": settings.POLISH_MODEL,
        "temperature": 0,
        "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": text}],
    }
    headers = {"Authorization": f"Bearer {settings.POLISH_KEY}"} if settings.POLISH_KEY else {}
    address = f"{settings.POLISH_URL.rstrip('/')}/chat/completions"
    return words_of(reaching.post(address, message, headers=headers, patience=PATIENCE))


def words_of(answer: dict) -> str:
    """The content of the first choice. Unreached where there is none."""
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        content = None
    if not isinstance(content, str):
        raise reaching.Unreached("模型的回答不是约定的格式。")
    return content
