using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Values;

/// <summary>Sets of ARNs by their fields, as facts about ARNs: no reading of a policy's patterns bears on them.</summary>
internal static class ArnSets
{
    /// <summary>ARNs whose fields match; a star stays in its field.</summary>
    public static TextSet Of(string partition, string service, string region, string account, string resource, string first = "arn") => new(
        PatternCompiler.Compile([PolicyPattern.Plain($"{first}:{partition}:{service}:{region}:{account}:{resource}")], MatchMode.Arn).Patterns(Reading.None));

    /// <summary>Texts with one of these accounts in the fifth of six fields.</summary>
    public static TextSet InAccounts(params string[] accounts) =>
        new(new PatternSet(accounts.Select(a => Fields(4).Exact(a + ":").Add(PlaceKind.Star).Build())));

    /// <summary>Texts with twelve digits in the fifth of six fields.</summary>
    public static TextSet WithAccount { get; } = new(new PatternSet([Digits(Fields(4)).Exact(":").Add(PlaceKind.Star).Build()]));

    /// <summary>Texts with this partition in the second of at least three fields.</summary>
    public static TextSet InPartition(string partition) => new(new PatternSet([Fields(1).Exact(partition + ":").Add(PlaceKind.Star).Build()]));

    /// <summary>Texts with some partition in the second of at least three fields.</summary>
    public static TextSet WithPartition { get; } =
        new(new PatternSet([Fields(1).Add(PlaceKind.OneInField).Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.Star).Build()]));

    /// <summary>Twelve digits.</summary>
    public static TextSet Accounts { get; } = new(new PatternSet([Digits(new CharPattern.Builder()).Build()]));

    /// <summary>Texts whose fifth field of six is in a set.</summary>
    public static TextSet WithAccountIn(TextSet accounts) => Around(accounts, () => Fields(4), b => b.Exact(":").Add(PlaceKind.Star));

    /// <summary>Texts that begin in a fixed way and go on with a member of a set, in a single field, and an end.</summary>
    public static TextSet Around(TextSet set, Func<CharPattern.Builder> before, Func<CharPattern.Builder, CharPattern.Builder> after) => new(
        () => $"around:{before().Build().Identity}:{after(new CharPattern.Builder()).Build().Identity}:{set.Identity}",
        set.Sensitivity,
        readings =>
        {
            PatternSet patterns = set.Patterns(readings);
            return new PatternSet(patterns.Wild.Concat(patterns.Literals.Select(CharPattern.Of)).Where(p => !p.HasColon)
                .Select(p => after(p.AppendInField(before())).Build()));
        });

    /// <summary>A resource of * or an ARN in this partition.</summary>
    public static TextSet StarOrIn(string partition) => new(new PatternSet([CharPattern.Of("*"), Begin(partition).Add(PlaceKind.Star).Build()]));

    /// <summary>A resource of * or an ARN in whose resource there is no colon.</summary>
    public static TextSet StarOrPlain { get; } = new(new PatternSet([CharPattern.Of("*"), Begin(null, null, null, null).Add(PlaceKind.StarInField).Build()]));

    /// <summary>What an ARN begins with: the fields behind its first, null for any content, each with its colon.</summary>
    public static CharPattern.Builder Begin(params string?[] fields)
    {
        CharPattern.Builder builder = new CharPattern.Builder().Exact("arn:");
        foreach (string? field in fields)
        {
            (field is null ? builder.Add(PlaceKind.StarInField) : builder.Exact(field)).Exact(":");
        }

        return builder;
    }

    /// <summary>A number of fields of any content, each with its colon.</summary>
    private static CharPattern.Builder Fields(int count)
    {
        var builder = new CharPattern.Builder();
        for (int field = 0; field < count; field++)
        {
            builder.Add(PlaceKind.StarInField).Exact(":");
        }

        return builder;
    }

    /// <summary>Adds twelve digits.</summary>
    public static CharPattern.Builder Digits(CharPattern.Builder builder)
    {
        for (int i = 0; i < 12; i++)
        {
            builder.Add(PlaceKind.OneDigit);
        }

        return builder;
    }
}
