"""Names of persons and their accounts behind words that announce them (姓名, 联系人, 业主, 患者, 老人; 微信, QQ)."""

import re
from collections.abc import Iterator

from wangge.core.redaction.kinds import Kind, Span

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_CUE = re.compile(
    r"(姓名|名字|联系人|联络人|业主|患者|病人|老人|户主|住户|居民|租客|租户|房东|房主|家属|监护人|当事人|申请人|报事人|投诉人"
    r"|反映人|受助人|志愿者|孕妇|产妇|独居|老伴|儿子|女儿|母亲|父亲|丈夫|妻子|名叫|叫做|我叫|他叫|她叫|就叫|本人)"
    r"(为|是|叫)?([:： ]{0,2})(?=[" + _HAN + "A-Z])"
)
_LATIN = re.compile(r"(?:姓名|联系人|(?<![A-Z])(?:NAME|CONTACT|PATIENT|OWNER|RESIDENT)) ?: ?([A-Z][A-Z'.-]+(?: [A-Z][A-Z'.-]+){1,3})(?![A-Z@\d.'-])")  # fmt: skip  # noqa: E501 - one shape
_DOTTED = re.compile(rf"[{_HAN}]{{2,7}}(?:\.[{_HAN}]{{1,7}})+")
_RUN = re.compile(rf"[{_HAN}]+")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温季俞章鲁葛"
    "伍韦申尤毕聂焦柳邢岳齐梅莫庄辛祝左涂祁舒耿牟詹关苗凌费纪靳盛童欧甄曲成裴席卫查屈鲍覃霍翁隋甘景单包柏柯阮桂闵柴华车房吉饶"
)
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木")
_BEHIND = tuple(
    ["电话", "手机", "身份证", "证件", "护照", "微信", "住在", "住", "家住", "家在", "家里", "家的", "在家", "在", "说", "称", "反映", "表示", "的", "于", "因", "已", "来", "男", "女", "今年", "年", "岁", "先生", "女士", "同志", "老人", "奶奶", "爷爷", "需要", "需", "想", "要", "请", "报", "打", "没", "不", "一直", "独居", "一个人", "和", "与", "及", "等", "把", "被", "从", "到", "昨", "今", "明天", "早上", "晚上", "下午", "上午", "联系", "申请", "摔", "患", "家", "下月", "下周", "这", "也", "都", "就", "有", "还", "能", "可", "会", "正", "刚", "又", "是", "开", "三天", "两天", "几天"]
)
_NO_NAMES = re.compile(
    r"(?:请|不|未|无|见|待|已|同|详|暂|各|该|所|可|如|若|应|需|要|都|也|就|还|自|由|向|对|在|有|没|是|为|和|与|及|等|说|反映|表示|要求"
    r"|来电|家里|社区|村委|物业|居委|网格|服务|代表|委员|大会|姓名|电话|地址|签名|签字|信息|名单|一栏|某|匿名|小|老|保密|高兴|高龄|高血|高温|高层"
    r"|安全|安排|安置|安装|方便|方[式言案]|方才|方向|平时|常[年委]|常住|常常|时间|严重|周[一二三四五六日末边围]|金额|钱包|白天|白内|马[上甲路桶]|何时|于是|万一|单独|单身|单元|车辆|车位|车库|车主"
    r"|房屋|房子|房间|房产|房租|成员|任何|夏天|石头|毛病|关于|关心|关怀|关爱|关节|包括|左边|左腿|左手|左脚|费用|明天|温[馨饱暖度]|严禁|江边|文化|文明|成立|安心|常见|万分|"
    r"叶子|景区|段时|查询|查看|成功|牛奶|龙头|苗圃|兰花|桂花|施工|易燃|孔雀|花园|洪水|庄稼|席位|梅雨|康复|雷雨|雷电|陆续|许多|顾虑|章程|汤圆|莫名|卫生)"
)
_TITLES = re.compile(
    r"(?:奶奶|爷爷|阿姨|叔叔|阿公|阿婆|大爷|大妈|大娘|大伯|大叔|老伯|老师|师傅|先生|女士|小姐|医生|大夫|书记|主任|警官|护士|经理|队长|站长|家|家人|姓|某|某某|老|总|工|哥|姐|嫂|婶|伯|姨|太|婆婆|老太|大哥|大姐)"
)
_OFFICES = frozenset("办局处站队部委会所室科组店院校厂社员司心")
_FUNCTION = frozenset("的了在是有不没说要和与及等把被就也都还很着过去来给到从向对请可能人员公司室处局站部区院校店楼户")


def names(text: str) -> Iterator[Span]:
    """Yield the names in a folded text that stand behind a word that announces them."""
    for match in _CUE.finditer(text):
        announced = bool(match[2]) or ":" in match[3]
        if length := _length(text, match.end(), announced=announced):
            yield match.end(), match.end() + length, Kind.NAME
    for match in _LATIN.finditer(text):
        yield match.start(1), match.end(1), Kind.NAME


def _length(text: str, at: int, *, announced: bool) -> int:
    """How many characters of a name begin at `at`: 0 when it is none. The longest that can be a name wins."""
    if dotted := _DOTTED.match(text, at):
        return len(dotted[0])
    found = _RUN.match(text, at)
    run = found[0] if found else ""
    surname = 2 if run.startswith(_COMPOUND) else int(run[:1] in _SURNAMES)
    if not (surname or announced) or _NO_NAMES.match(run) or (not surname and run[-1:] in _OFFICES):
        return 0
    longest = surname + 2 if surname else 4
    ends = [end for end in range(2, longest + 1) if end == len(run) or run.startswith(_BEHIND, end)]
    if not ends and announced and surname:
        ends = [longest]
    return max((end for end in ends if _is_given(run[surname:end], surname)), default=0)


def _is_given(given: str, surname: int) -> bool:
    return len(given) > 0 and not _FUNCTION & set(given) and not (surname and _TITLES.fullmatch(given))


_CHAT = r"(?:微信|薇信|V信|WECHAT|(?<![A-Z])[VW]X|QQ|抖音|快手|微博|支付宝|企鹅)"
_ACCOUNTS = (
    re.compile(
        rf"{_CHAT}(?: ?ID|账号|帐号|号码|号)?[是为: ]{{0,3}}((?=[A-Z_-]*\d)[A-Z][A-Z0-9_-]{{5,19}})(?![A-Z0-9@])"
    ),
    re.compile(
        rf"{_CHAT}(?:(?: ?ID|账号|帐号|号码|号)[是为: ]{{0,3}}|[是为:] ?)([A-Z][A-Z0-9_-]{{5,19}})(?![A-Z0-9@])"
    ),
    re.compile(rf"{_CHAT}(?: ?ID|账号|帐号|号码|号)?[是为: ]{{0,3}}([1-9]\d{{4,10}})(?![\d人个元年万条])"),
    re.compile(r"(?<![A-Z])V ?: ?([A-Z][A-Z0-9_-]{5,19})(?![A-Z0-9@])"),
)


def accounts(text: str) -> Iterator[Span]:
    """Yield the accounts of chat programs in a folded text; groups (QQ群) and public accounts (公众号) are nobody's."""
    for pattern in _ACCOUNTS:
        for match in pattern.finditer(text):
            yield match.start(1), match.end(1), Kind.ACCOUNT
