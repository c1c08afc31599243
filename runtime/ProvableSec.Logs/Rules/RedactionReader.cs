using System.Collections.Immutable;
using System.Text.Json;

namespace ProvableSec.Logs.Rules;

/// <summary>Reads the redactions of a file of rules.</summary>
internal static class RedactionReader
{
    private const int DefaultV4 = 24, DefaultV6 = 48, MostCharacters = 1 << 20;

    private static readonly (string Word, RedactionTarget Meaning)[] Targets =
    [
        ("header", RedactionTarget.Header), ("cookie", RedactionTarget.Cookie), ("argument", RedactionTarget.Argument), ("clientIp", RedactionTarget.ClientIp),
        ("uri", RedactionTarget.Uri), ("args", RedactionTarget.Args), ("httpMethod", RedactionTarget.HttpMethod),
    ];

    public static ImmutableArray<Redaction> Read(RulesNode node, RulesProblems problems)
    {
        if (node.Kind != JsonTokenType.StartArray)
        {
            problems.Add(node, "redact must be an array");
        }

        return [.. node.Elements.Select(element => ReadOne(element, problems)).OfType<Redaction>()];
    }

    private static Redaction? ReadOne(RulesNode node, RulesProblems problems)
    {
        if (!problems.ExpectObject(node, "a redaction"))
        {
            return null;
        }

        problems.ExpectMembers(node, "a redaction", "field", "names", "except", "by", "length", "lengthV6");
        RulesNode? Member(string name) => node.Members.Find(member => member.Name == name).Value;
        if (Member("field") is not { } field || Member("by") is not { } by)
        {
            problems.Add(node, "a redaction has \"field\" and \"by\"");
            return null;
        }

        RedactionTarget? target = problems.ExpectWord<RedactionTarget>(field, "field", Targets);
        RedactionMethod? method = problems.ExpectWord(
            by,
            "by",
            ("mask", RedactionMethod.Mask),
            ("remove", RedactionMethod.Remove),
            ("truncate", RedactionMethod.Truncate),
            ("prefix", RedactionMethod.Prefix),
            ("hmac", RedactionMethod.Hmac));
        if (target is null || method is null)
        {
            return null;
        }

        bool named = target is RedactionTarget.Header or RedactionTarget.Cookie or RedactionTarget.Argument;
        RulesNode? names = Member("names"), except = Member("except");
        if (named == (names is null && except is null) || (names is not null && except is not null))
        {
            problems.Add(node, named ? $"{field.Text} has \"names\", or \"except\" for all but some" : $"{field.Text} has no names");
        }

        if (method == RedactionMethod.Prefix && target is not (RedactionTarget.ClientIp or RedactionTarget.Header))
        {
            problems.Add(by, "prefix is for addresses: clientIp, or a header that holds one");
        }

        // Names of cookies are told apart by case; those of headers are not, nor does AWS WAF those of arguments (AWS WAFV2 API Reference,
        // "SingleQueryArgument").
        ImmutableArray<TextPattern> patterns = (names ?? except) is { } list
            ? [.. problems.ExpectTexts(list, "names").Select(text => new TextPattern(text.Text, target != RedactionTarget.Cookie))]
            : [];
        int length = 0, lengthV6 = 0;
        switch (method)
        {
            case RedactionMethod.Truncate:
                length = Member("length") is { } given ? problems.ExpectNumber(given, "length", 0, MostCharacters) ?? 0 : Missing(node, problems);
                break;
            case RedactionMethod.Prefix:
                length = Member("length") is { } bits ? problems.ExpectNumber(bits, "length", 0, 32) ?? 0 : DefaultV4;
                lengthV6 = Member("lengthV6") is { } bitsV6 ? problems.ExpectNumber(bitsV6, "lengthV6", 0, 128) ?? 0 : DefaultV6;
                break;
        }

        if ((Member("length") is not null && method is not (RedactionMethod.Truncate or RedactionMethod.Prefix))
            || (Member("lengthV6") is not null && method != RedactionMethod.Prefix))
        {
            problems.Add(node, "length is for truncate and prefix, lengthV6 for prefix");
        }

        return new Redaction(target.Value, patterns, except is not null, method.Value, length, lengthV6);
    }

    private static int Missing(RulesNode node, RulesProblems problems)
    {
        problems.Add(node, "\"length\" is missing: how many characters stay");
        return 0;
    }
}
