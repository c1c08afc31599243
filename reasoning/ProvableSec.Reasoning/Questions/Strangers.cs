using System.Collections.Immutable;
using System.Globalization;
using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Witnesses;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// The requests of strangers, as a policy that describes them, so that no public access is one more question whether something is not granted
/// (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the meaning of "public"; Amazon S3 API Reference,
/// PublicAccessBlockConfiguration). A stranger is nobody whom the policy names or the zone trusts, and chooses no fixed value of the keys that
/// say who or where one is.
/// </summary>
internal static class Strangers
{
    /// <summary>Prefixes of the keys that a stranger cannot choose.</summary>
    private static readonly string[] Fixed =
        ["aws:principal", "aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorg", "aws:sourcevpc", "aws:vpce", "aws:userid", "s3:x-amz-server-side-encryption-aws-kms-key-id"];

    /// <summary>Of these it follows from who a caller is, and he is a stranger by his account or name.</summary>
    private static readonly HashSet<string> OfCaller = new(StringComparer.Ordinal) { "aws:principalisawsservice", "aws:principalservicename", "aws:principalservicenameslist" };

    /// <summary>Likewise for callers that have an account; a service or provider has none of these to choose either.</summary>
    private static readonly HashSet<string> OfAccount = new(StringComparer.Ordinal) { "aws:principalarn", "aws:principalaccount", "aws:principaltype" };

    private static readonly PrincipalClause WithoutAccount =
        new(false, ImmutableArray.Create(new PrincipalEntry(PrincipalEntryKind.Service, "*", default), new PrincipalEntry(PrincipalEntryKind.Federated, "*", default)), default);

    // RFC 1918.
    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    private const string UserId = "aws:userid", OrgId = "aws:principalorgid", OrgPaths = "aws:principalorgpaths", SourceIp = "aws:sourceip";

    /// <summary>What strangers may ask, as a property.</summary>
    /// <param name="subject">The statements of the policies in question.</param>
    /// <param name="zone">Who is trusted.</param>
    public static PolicyDocument Property(IReadOnlyCollection<Statement> subject, TrustZone zone)
    {
        var statements = new List<Statement>();
        IEnumerable<PrincipalEntry> trusted = Accounts(subject, zone).Select(a => new PrincipalEntry(PrincipalEntryKind.Aws, a, default))
            .Concat(zone.Services.Select(s => new PrincipalEntry(PrincipalEntryKind.Service, s, default)));
        Add(Effect.Allow, trusted.Any() ? new PrincipalClause(true, trusted.ToImmutableArray(), default) : null);
        if (!zone.Strict)
        {
            foreach (IGrouping<string, Condition> key in subject.SelectMany(s => s.Conditions).GroupBy(c => c.FoldedKey).OrderBy(k => k.Key, StringComparer.Ordinal))
            {
                foreach (IGrouping<ConditionComparison, PolicyPattern> values in Excluded(key, zone).GroupBy(e => e.Comparison, e => e.Value))
                {
                    Deny(key.First(), values.Key, values.GroupBy(v => v.Text).Select(v => v.First()).ToImmutableArray());
                }
            }
        }

        return new PolicyDocument(new SourceText("", "strangers"), PolicyVersion.V2012, true, null, statements.ToImmutableArray(), ImmutableArray<PolicyProblem>.Empty);

        void Add(Effect effect, PrincipalClause? principal, params Condition[] conditions) => statements.Add(new Statement(
            statements.Count, null, effect, principal, new ActionClause(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default), null, conditions.ToImmutableArray(), default));

        void Deny(Condition of, ConditionComparison comparison, ImmutableArray<PolicyPattern> values)
        {
            bool several = ServiceData.ServiceCatalogue.Default.FindKeyType(of.FoldedKey)?.IsMultivalued == true;
            var op = new ConditionOperator(several ? SetOperator.ForAnyValue : SetOperator.None, comparison, false, comparison.ToString());
            Add(Effect.Deny, OfAccount.Contains(of.FoldedKey) ? WithoutAccount : null, new Condition(op, of.Key, of.FoldedKey, values, default, default));
        }
    }

    /// <summary>The values of a key that a stranger does not have, and how they are compared.</summary>
    private static IEnumerable<(ConditionComparison Comparison, PolicyPattern Value)> Excluded(IGrouping<string, Condition> key, TrustZone zone)
    {
        foreach (Condition condition in key)
        {
            foreach (PolicyPattern value in condition.Values.Where(v => IsFixed(condition, v, zone)))
            {
                yield return (key.Key == SourceIp ? ConditionComparison.IpAddress
                    : IsWild(condition, value) ? ConditionComparison.StringLike
                    : condition.Operator.Comparison is ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase ? ConditionComparison.StringEqualsIgnoreCase
                    : ConditionComparison.StringEquals, value);
            }
        }

        IEnumerable<(ConditionComparison, string)> always = key.Key switch
        {
            SourceIp => Private.Select(p => (ConditionComparison.IpAddress, p)),
            OrgId => zone.Organizations.Select(o => (ConditionComparison.StringEquals, o)),
            OrgPaths => zone.Organizations.Select(o => (ConditionComparison.StringLike, o + "/*")),
            _ => [],
        };
        foreach ((ConditionComparison comparison, string value) in always)
        {
            yield return (comparison, PolicyPattern.Plain(value));
        }
    }

    /// <summary>The accounts that are no strangers: those of the zone, else all that the policies name; and who owns the resources they speak of.</summary>
    private static IEnumerable<string> Accounts(IReadOnlyCollection<Statement> subject, TrustZone zone)
    {
        var accounts = new SortedSet<string>(zone.Accounts, StringComparer.Ordinal);
        foreach (Statement statement in subject)
        {
            IEnumerable<string> named = statement.Resource?.Patterns.Select(p => p.Text) ?? [];
            if (!zone.IsGiven)
            {
                named = named.Concat(statement.Principal?.Entries.Where(e => e.Kind == PrincipalEntryKind.Aws).Select(e => e.Value) ?? [])
                    .Concat(statement.Conditions.Where(c => Fixed.Any(f => c.FoldedKey.StartsWith(f, StringComparison.Ordinal))).SelectMany(c => c.Values).Select(v => v.Text));
            }

            foreach (string text in named)
            {
                if ((CallerPrincipal.IsTwelveDigits(text) ? text : WitnessBuilder.AccountOf(text)) is { } account)
                {
                    accounts.Add(account);
                }
            }
        }

        return accounts;
    }

    /// <summary>Whether a value says who or where one is so that a stranger is not that.</summary>
    private static bool IsFixed(Condition condition, PolicyPattern value, TrustZone zone)
    {
        string text = value.Text;
        if (value.HasVariables)
        {
            return false;
        }

        bool wild = IsWild(condition, value);
        switch (condition.FoldedKey)
        {
            case SourceIp:
                return IsNarrow(text);
            case OrgId:
                return !wild && (!zone.IsGiven || zone.Organizations.Contains(text));
            case OrgPaths:
                int slash = text.IndexOf('/');
                string organization = slash < 0 ? text : text.Substring(0, slash);
                return organization.IndexOfAny(['*', '?']) < 0 && (!zone.IsGiven || zone.Organizations.Contains(organization));
            case UserId:
                // A session chooses its own name, so the sessions of a role are not fixed.
                return !wild && !text.StartsWith("AROA", StringComparison.Ordinal) && text != "anonymous";
            case var key when key.EndsWith(":sub", StringComparison.Ordinal):
                return !wild || NamesOwner(text);
            case var key when OfCaller.Contains(key) || !Fixed.Any(f => key.StartsWith(f, StringComparison.Ordinal)):
                return false;
            default:
                return !wild || WitnessBuilder.AccountOf(text) is not null;
        }
    }

    private static bool IsWild(Condition condition, PolicyPattern value) =>
        condition.Operator.Comparison is not (ConditionComparison.StringEquals or ConditionComparison.StringNotEquals
            or ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase)
        && value.Text.IndexOfAny(['*', '?']) >= 0;

    /// <summary>A federated subject of which the owner is spelled out: <c>repo:OWNER/…</c>.</summary>
    private static bool NamesOwner(string subject)
    {
        int colon = subject.IndexOf(':'), slash = subject.IndexOf('/');
        return colon > 0 && slash > colon + 1 && subject.Substring(0, slash).IndexOfAny(['*', '?']) < 0;
    }

    /// <summary>A range of at most a /8 of IPv4, or a /32 of IPv6: narrow enough to say where one is.</summary>
    private static bool IsNarrow(string range)
    {
        int slash = range.IndexOf('/');
        bool six = range.IndexOf(':') >= 0;
        return slash < 0 || (int.TryParse(range.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length >= (six ? 32 : 8));
    }
}
