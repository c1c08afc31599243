using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// What partitions and names look like (AWS General Reference, "Amazon Resource Names (ARNs)"; IAM User Guide, "IAM and AWS STS quotas", name requirements).
/// The facts are instantiated one by one, as a model breaks them.
/// </summary>
internal sealed class NameShapes(RequestFormulas formulas, CallerTranslator callers)
{
    private const string UserName = "aws:username", PrincipalAccount = KeyShapes.PrincipalAccount;

    private static readonly TextSet Owners = new(new PatternSet([CharPattern.Of("anonymous"), .. ArnSets.Accounts.Patterns(Policy.Reading.None).Wild]));

    /// <summary>The partitions of AWS.</summary>
    public static readonly string[] Partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

    private static readonly CharPattern[] Real = [.. Partitions.Select(p => ArnSets.Begin(p).Add(PlaceKind.Star).Build())];

    private static readonly TextSet RealCallers = new(new PatternSet(Real)), RealResources = new(new PatternSet([CharPattern.Of("*"), .. Real]));

    /// <summary>ARNs of callers in whose names there is no colon; in a path there may be one.</summary>
    private static readonly TextSet WithoutColonInName = new(new PatternSet([
        ArnSets.Digits(ArnSets.Begin(null, null, null)).Exact(":").Add(PlaceKind.StarInField).Build(),
        new CharPattern.Builder().Exact("arn:").Add(PlaceKind.Star).Exact("/").Add(PlaceKind.StarInField).Build()]));

    /// <summary>The ARNs of callers name no Region.</summary>
    private static readonly TextSet Global = new(new PatternSet([ArnSets.Begin(null, null, "").Add(PlaceKind.Star).Build()]));

    private static readonly TextSet Hosts = new(new PatternSet([
        Host(CallerTranslator.ServicePrefix), Host(CallerTranslator.ProviderPrefix), .. Partitions.Select(ProviderIn)]));

    private static readonly TextSet Arns =
        new(new PatternSet(Partitions.Select(p => new CharPattern.Builder().Exact($"arn:{p}:").Add(PlaceKind.OneInField).Add(PlaceKind.StarInField)
        .Exact(":").Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.StarInField).Exact(":").Add(PlaceKind.One).Add(PlaceKind.Star).Build())));

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>A fact that a model violates, or null.</summary>
    public Formula? Violated(RequestModel model)
    {
        if (model.ValueOf(formulas.Resource) is { } resource && resource.StartsWith("arn:", StringComparison.Ordinal) && !InRealPartition(resource))
        {
            return formulas.Exists(formulas.Resource, RealResources);
        }

        if (formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller) is { } caller && caller.StartsWith("arn:", StringComparison.Ordinal))
        {
            if (!InRealPartition(caller))
            {
                return graph.Or(!callers.HasAccount, formulas.Exists(formulas.Caller, RealCallers));
            }

            if (Unprintable(caller) is { } unprintable)
            {
                return graph.Or(!callers.HasAccount, !formulas.Exists(formulas.Caller, Holding(unprintable)));
            }

            if (caller.Split([':'], 5) is { Length: 5 } arn && arn[3].Length > 0)
            {
                return graph.Or(!callers.HasAccount, formulas.Exists(formulas.Caller, Global));
            }

            if (caller.Substring(caller.LastIndexOf('/') + 1) is var end && caller.IndexOf('/') >= 0 && end.IndexOf(':') >= 0)
            {
                return graph.Or(!callers.HasAccount, formulas.Exists(formulas.Caller, WithoutColonInName));
            }

            int slash = caller.LastIndexOf('/');
            if (slash >= 0 && Misplaced(caller.Substring(slash + 1)) is { } misplaced)
            {
                // A path may have the character, too: what can be said of all names at once is that it stands in front of a slash.
                return caller.IndexOf(misplaced) > slash
                    ? graph.Or(!formulas.Exists(formulas.Caller, Arn(misplaced)), formulas.Exists(formulas.Caller, Arn(misplaced, '/')))
                    : !formulas.Exists(formulas.Caller,
                        new TextSet(new PatternSet([new CharPattern.Builder().Exact("arn:").Add(PlaceKind.Star).Exact(caller.Substring(slash)).Build()])));
            }
        }

        if (formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller) is { } named && Misnamed(named))
        {
            return graph.Or(callers.HasAccount, callers.Is(CallerKinds.Anonymous), formulas.Exists(formulas.Caller, Hosts));
        }

        if (formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller) is { } service
            && service.StartsWith(CallerTranslator.ServicePrefix, StringComparison.Ordinal)
            && First(service.Substring(CallerTranslator.ServicePrefix.Length), c => !IsLetterOrDigit(c) && c is not ('.' or '-')) is { } odd)
        {
            return !formulas.Exists(formulas.Caller, new TextSet(new PatternSet([
                new CharPattern.Builder().Exact(CallerTranslator.ServicePrefix).Add(PlaceKind.Star).Exact(odd.ToString()).Add(PlaceKind.Star).Build()])));
        }

        if (formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller) is { } provider
            && provider.StartsWith(CallerTranslator.ProviderPrefix + "arn:", StringComparison.Ordinal)
            && provider.Split([':'], 3)[1] is var home && model.ValueOf(formulas.Resource)?.StartsWith("arn:", StringComparison.Ordinal) == true
            && !In(home).Contains(model.ValueOf(formulas.Resource)!, model.Readings))
        {
            return graph.Or(!formulas.Exists(formulas.Caller, new TextSet(new PatternSet([ProviderIn(home)]))),
                !formulas.Exists(formulas.Resource, Arns), formulas.Exists(formulas.Resource, In(home)));
        }

        (RequestVariable Key, string Partition)? first = null;
        foreach (KeyValuePair<RequestVariable, List<string>> key in model.Values)
        {
            if (key.Key.Name.IndexOf(':') <= 0 || !KeyShapes.HasArns(key.Key.Name))
            {
                continue;
            }

            if (!key.Value.TrueForAll(IsArn))
            {
                return graph.Or(!formulas.Present(key.Key), !formulas.Misses(key.Key, Arns));
            }

            string? of = formulas.SpeaksOfCaller && model.ValueOf(formulas.Caller)?.Split([':'], 3) is { Length: 3 } own && own[0] == "arn" ? own[1] : null;
            if (of is not null && !key.Value.TrueForAll(v => v.StartsWith($"arn:{of}:", StringComparison.Ordinal)))
            {
                return InOnePartition(key.Key, key.Value, formulas.Caller, of);
            }

            string? partition = model.ValueOf(formulas.Resource)?.Split([':'], 3) is { Length: 3 } fields && fields[0] == "arn" ? fields[1] : null;
            if (partition is not null && !key.Value.TrueForAll(v => v.StartsWith($"arn:{partition}:", StringComparison.Ordinal)))
            {
                return InOnePartition(key.Key, key.Value, formulas.Resource, partition);
            }

            if (first is { } other && !key.Value.TrueForAll(v => v.StartsWith($"arn:{other.Partition}:", StringComparison.Ordinal)))
            {
                return InOnePartition(key.Key, key.Value, other.Key, other.Partition);
            }

            first ??= (key.Key, key.Value[0].Split([':'], 3)[1]);
        }

        foreach (string account in KeyShapes.OfAccounts.Where(formulas.Speaks))
        {
            if (model.Values.TryGetValue(formulas.Key(account), out List<string>? owners)
                && !owners.TrueForAll(o => CallerPrincipal.IsTwelveDigits(o) || (o == "anonymous" && account == PrincipalAccount)))
            {
                return graph.Or(!formulas.Present(formulas.Key(account)),
                    !formulas.Misses(formulas.Key(account), account == PrincipalAccount ? Owners : ArnSets.Accounts));
            }
        }

        if (formulas.SpeaksOfCaller && formulas.Speaks(PrincipalAccount) && model.ValueOf(formulas.Key(PrincipalAccount)) == "anonymous"
            && model.ValueOf(formulas.Caller) is not (null or "*"))
        {
            return graph.Or(!formulas.Exists(formulas.Key(PrincipalAccount), TextSet.Of("anonymous")), callers.Is(CallerKinds.Anonymous));
        }

        foreach (RequestVariable name in Names())
        {
            if (model.ValueOf(name) is { } value && Misplaced(value) is { } c)
            {
                return !formulas.Exists(name, Holding(c));
            }
        }

        return null;
    }

    /// <summary>
    /// What a request speaks of lies in one partition: where the caller or the resource names one, a key has values of no other, and the other way round,
    /// for the partitions of a model.
    /// </summary>
    private Formula InOnePartition(RequestVariable key, List<string> values, RequestVariable named, string partition)
    {
        var facts = new List<Formula>();
        foreach (string some in values.Select(v => v.Split([':'], 3)[1]).Concat([partition]).Distinct())
        {
            TextSet its = In(some);
            facts.Add(graph.Or(!formulas.Exists(named, its), !formulas.Present(key),
                !formulas.Misses(key, its)));
            facts.Add(graph.Or(!formulas.Exists(key, its), !formulas.Exists(named, Arns), formulas.Exists(named, its)));
        }

        return graph.And(facts);
    }

    /// <summary>Services and identity providers are named as hosts are.</summary>
    private static bool Misnamed(string caller)
    {
        string? host = caller.StartsWith(CallerTranslator.ServicePrefix, StringComparison.Ordinal) ? caller.Substring(CallerTranslator.ServicePrefix.Length)
            : caller.StartsWith(CallerTranslator.ProviderPrefix, StringComparison.Ordinal) ? caller.Substring(CallerTranslator.ProviderPrefix.Length) : null;
        return host is not null && (host.StartsWith("arn:", StringComparison.Ordinal)
            ? !Array.Exists(Partitions, p => host.StartsWith($"arn:{p}:iam::", StringComparison.Ordinal))
            : host.IndexOf('.') <= 0 || host.IndexOf('.') == host.Length - 1);
    }

    private static TextSet In(string partition) => new(new PatternSet([ArnSets.Begin(partition).Add(PlaceKind.Star).Build()]));

    /// <summary>ARNs in which some characters stand in this order.</summary>
    private static TextSet Arn(params char[] holding)
    {
        CharPattern.Builder arn = new CharPattern.Builder().Exact("arn:").Add(PlaceKind.Star);
        foreach (char c in holding)
        {
            arn.Exact(c.ToString()).Add(PlaceKind.Star);
        }

        return new TextSet(new PatternSet([arn.Build()]));
    }

    /// <summary>Whether a text is an ARN as a key has one.</summary>
    public static bool IsArn(string value) => value.Split([':'], 6) is { Length: 6 } fields && fields[0] == "arn" && Array.IndexOf(Partitions, fields[1]) >= 0
        && fields[2].Length > 0 && fields[5].Length > 0;

    /// <summary>An identity provider of a partition by its ARN.</summary>
    private static CharPattern ProviderIn(string partition) => new CharPattern.Builder().Exact($"{CallerTranslator.ProviderPrefix}arn:{partition}:iam::")
        .Add(PlaceKind.Star).Build();

    private static CharPattern Host(string prefix) => new CharPattern.Builder().Exact(prefix).Add(PlaceKind.One).Add(PlaceKind.Star).Exact(".")
        .Add(PlaceKind.One).Add(PlaceKind.Star).Build();

    private IEnumerable<RequestVariable> Names()
    {
        if (formulas.Speaks(UserName))
        {
            yield return formulas.Key(UserName);
        }

        if (formulas.SpeaksOfSession)
        {
            yield return formulas.Session;
        }
    }

    private static bool InRealPartition(string arn)
    {
        int end = arn.IndexOf(':', 4);
        return end < 0 || Array.IndexOf(Partitions, arn.Substring(4, end - 4)) >= 0;
    }

    private static char? Unprintable(string text) => First(text, c => c is < '!' or > '~');

    /// <summary>The first character that no name of a user, role or session has.</summary>
    private static char? Misplaced(string name) => First(name, c => !IsLetterOrDigit(c) && c is not ('_' or '+' or '=' or ',' or '.' or '@' or '-'));

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    private static char? First(string text, Func<char, bool> matches)
    {
        foreach (char c in text)
        {
            if (matches(c))
            {
                return c;
            }
        }

        return null;
    }

    private static TextSet Holding(char c) =>
        new(new PatternSet([new CharPattern.Builder().Add(PlaceKind.Star).Exact(c.ToString()).Add(PlaceKind.Star).Build()]));
}
