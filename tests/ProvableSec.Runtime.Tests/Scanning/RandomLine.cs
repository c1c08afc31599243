using System.Text;
using CsCheck;

namespace ProvableSec.Runtime.Tests.Scanning;

/// <summary>
/// Lines that look like log records: members that are read and others, in any order, in any spelling and white space, with values of the wrong kind,
/// members that occur twice, and, now and then, bytes that do not belong there.
/// </summary>
internal sealed class RandomLine : Gen<byte[]>
{
    /// <summary>Stands only where the redactions of <see cref="FastPathTests"/> must find it.</summary>
    public const string Secret = "s3cr3t";

    private static readonly string[] Words = ["ALLOW", "BLOCK", "COUNT", "Default_Action", "REGULAR", "action", "a:b", "", "/", "198.51.100.7",
        "\\\"action\\\":\\\"ALLOW\\\"", "é", "\\\\", "\\\\\\\"", "{", "[]", "0", "01"];
    private static readonly string[] Numbers = ["0", "7", "10", "100", "-1", "1.50", "1e5", "0.0e-00", "1767225600000", "2E+10", "0.05"];
    private static readonly string[] WrongNumbers = ["00", "-01", "1.", "05", "-", "1e", "0x1"];
    private static readonly string[] Spaces = ["", "", "", " ", "  ", "\t", "\r"];

    private static readonly byte[] Stray = "\"\\{}[]:, 0\u0001"u8.ToArray();

    private readonly StringBuilder text = new();
    private PCG random = null!;
    private string colon = ":";
    private bool loose;

    /// <summary>Whether the last line was left as it was made.</summary>
    public bool IsIntact { get; private set; }

    public override byte[] Generate(PCG pcg, Size? min, out Size size)
    {
        random = pcg;
        size = new Size(0);
        text.Clear();

        // Most lines are laid out as one writer would, some as none would.
        colon = One(4) ? ": " : ":";
        loose = One(8);
        Record();
        byte[] line = Encoding.UTF8.GetBytes(text.ToString());
        IsIntact = !One(4);
        return IsIntact ? line : Damaged(line);
    }

    private bool One(uint inSo) => random.Next(inSo) == 0;

    private string Any(string[] from) => from[random.Next((uint)from.Length)];

    private void Record()
    {
        Object(
            ("timestamp", () => text.Append("1767225600000")),
            ("terminatingRuleId", () => Value(() => String(One(3) ? Any(Words) : "Default_Action"))),
            ("action", () => Value(() => String(One(3) ? Any(Words) : "ALLOW"))),
            ("terminatingRuleMatchDetails", () => Value(Details)),
            ("ruleGroupList", () => Value(() => Array(3, () => Value(RuleGroup)))),
            ("rateBasedRuleList", () => Value(() => Array(2, RateBased))),
            ("nonTerminatingMatchingRules", () => Value(() => Array(One(3) ? 2u : 0, () => Value(Rule)))),
            ("requestHeadersInserted", () => Value(() => Null(() => Array(2, Header)))),
            ("requestBodySize", () => Value(Number)),
            ("httpRequest", () => Value(Request)),
            ("labels", () => Value(() => Array(3, () => Object(("name", () => Value(() => String("l" + Any(Words)))))))),
            ("ja3Fingerprint", () => Value(() => String("j"))),
            ("x", () => Anything(3)));
    }

    private void Number() => text.Append(One(40) ? Any(WrongNumbers) : Any(Numbers));

    private void Request() => Object(
        ("clientIp", () => Value(() => String(One(2) ? "198.51.100.7" : "2001:db8::7"))),
        ("country", () => Value(() => String("US"))),
        ("headers", () => Value(() => Array(8, Header))),
        ("uri", () => Value(() => String("/" + Any(Words)))),
        ("args", () => Value(() => String(One(2) ? "a=" + Any(Words) + "&token=" + Secret : Any(Words)))),
        ("requestId", () => Value(() => String("r" + random.Next(1000)))));

    private void Header()
    {
        switch (random.Next(4))
        {
            case 0:
                NamedHeader(One(2) ? "Authorization" : "authorization", Secretive);
                break;
            case 1:
                NamedHeader("Cookie", () => String("session=" + Secret + "; a=" + Any(Words)));
                break;
            default:
                Object(("name", () => Value(() => String("h" + Any(Words)))), ("value", () => Value(() => String(Any(Words)))));
                break;
        }
    }

    /// <summary>A header that has its name: without it nothing says that its value is a secret.</summary>
    private void NamedHeader(string name, Action value)
    {
        text.Append("{\"name\"").Append(colon);
        Name(name);
        text.Append(",\"value\"").Append(colon);
        value();
        text.Append('}');
    }

    private void Secretive()
    {
        switch (random.Next(6))
        {
            case 0:
                Array(2, () => String(Secret));
                break;
            case 1:
                Object(("a", () => String(Secret)));
                break;
            default:
                String(Any(Words) + Secret);
                break;
        }
    }

    private void RuleGroup() => Object(
        ("ruleGroupId", () => String("g")),
        ("terminatingRule", () => Value(() => Null(Rule))),
        ("nonTerminatingMatchingRules", () => Value(() => Array(One(3) ? 2u : 0, () => Value(Rule)))),
        ("excludedRules",
            () => Value(() =>
            Null(() => Array(One(3) ? 2u : 0, () => Object(("exclusionType", () => String("EXCLUDED_AS_COUNT")), ("ruleId", () => String("r"))))))));

    private void Rule() => Object(
        ("ruleId", () => Value(() => String("r"))),
        ("action", () => Value(() => String(Any(Words)))),
        ("ruleMatchDetails", () => Null(Details)));

    private void Details() => Array(2, () => Object(("location", () => String("HEADER")), ("matchedData", () => Array(3, () => Secretive()))));

    private void RateBased() => Object(
        ("limitKey", () => String("IP")),
        ("limitValue", () => Secretive()),
        ("customValues", () => Array(2, () => Object(("key", () => String("HEADER")), ("value", () => Secretive())))));

    private void Null(Action otherwise)
    {
        if (One(2))
        {
            text.Append("null");
        }
        else
        {
            otherwise();
        }
    }

    /// <summary>A value as it should be, or one of another kind.</summary>
    private void Value(Action asExpected)
    {
        if (One(25))
        {
            Anything(2);
        }
        else
        {
            asExpected();
        }
    }

    private void Anything(int depth)
    {
        switch (random.Next(depth == 0 ? 4u : 6))
        {
            case 0:
                Number();
                break;
            case 1:
                text.Append(One(2) ? "true" : "null");
                break;
            case 4:
                Array(3, () => Anything(depth - 1));
                break;
            case 5:
                Object(("action", () => Anything(depth - 1)), ("name", () => Anything(depth - 1)), ("a", () => Anything(depth - 1)));
                break;
            default:
                String(Any(Words));
                break;
        }
    }

    private void Array(uint most, Action element)
    {
        text.Append('[');
        uint count = random.Next(most + 1);
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Space();
            element();
            Space();
        }

        text.Append(']');
    }

    /// <summary>Most of the members, mostly in order, seldom one of them twice.</summary>
    private void Object(params (string Name, Action Value)[] members)
    {
        text.Append('{');
        bool first = true;
        bool shuffled = One(6);
        foreach ((string name, Action value) in shuffled ? members.OrderBy(_ => random.Next(100)) : members.AsEnumerable())
        {
            for (uint times = One(12) ? 0 : One(500) ? 2u : 1; times > 0; times--)
            {
                text.Append(first ? "" : ",");
                first = false;
                Space();
                Name(name);
                Space();
                text.Append(colon);
                Space();
                value();
                Space();
            }
        }

        text.Append('}');
    }

    private void Space() => text.Append(loose ? Any(Spaces) : "");

    private void Name(string name)
    {
        // Any letter may be spelled as an escape.
        int at = (int)random.Next((uint)name.Length);
        text.Append('"').Append(One(600) ? $"{name[..at]}\\u{(int)name[at]:x4}{name[(at + 1)..]}" : name).Append('"');
    }

    private void String(string inside)
    {
        text.Append('"').Append(inside);
        text.Append(One(100) ? "\\n\\/" : One(600) ? "\\u0022" : "").Append('"');
    }

    /// <summary>A line with a few bytes more, fewer or others.</summary>
    public byte[] Damaged(byte[] line)
    {
        var bytes = new List<byte>(line);
        for (uint times = random.Next(3) + 1; times > 0 && bytes.Count > 0; times--)
        {
            int at = (int)random.Next((uint)bytes.Count);
            switch (random.Next(6))
            {
                case 5:
                    // What is valid in one place may hide something in another.
                    int from = (int)random.Next((uint)bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min((int)random.Next(40), bytes.Count - from)));
                    break;
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, Stray[(int)random.Next((uint)Stray.Length)]);
                    break;
                case 3:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.Insert(at, bytes[at]);
                    break;
            }
        }

        // A line feed would make it two lines.
        bytes.RemoveAll(b => b == '\n');
        return [.. bytes];
    }
}
