"""What every page says about the market it belongs to: whose it is, its zone, its own language."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.settings import Settings


@dataclass(frozen=True)
class Market:
    """Names are per language; `base_url` has no slash at its end; `https` turns HSTS on."""

    base_url: str = "http://localhost:8000"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    language: str = "zh"
    currency: str = "CNY"
    https: bool = False
    names: dict[str, str] = field(
        default_factory=lambda: {"zh": "桥易·技术市场", "en": "Qiaoyi Technology Market"}
    )
    operator: dict[str, str] = field(
        default_factory=lambda: {
            "zh": "本机试用，尚未设置运营方",
            "en": "Trial run, no operator set",
        }
    )
    registration: str = ""

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[self.language]

    def operator_name(self, language: str) -> str:
        return self.operator.get(language) or self.operator[self.language]

    @staticmethod
    def of(settings: Settings) -> "Market":
        """The market that the settings describe; what they leave open keeps its default."""
        drawn = Market()
        named, run_by = settings.market_name, settings.operator_name
        return Market(
            base_url=settings.address,
            zone=settings.zone,
            language=settings.language,
            currency=settings.currency,
            https=settings.address.startswith("https://"),
            names={settings.language: named} if named else drawn.names,
            operator={settings.language: run_by} if run_by else drawn.operator,
            registration=settings.operator_number,
        )
