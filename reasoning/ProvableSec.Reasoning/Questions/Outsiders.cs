using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Questions;

/// <summary>
/// The requests of outsiders, as a policy that describes them, so that no public access is one more question whether something is not granted
/// (Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", the meaning of "public"). An outsider is nobody whom the policy names
/// or the zone trusts, and has no fixed value of the keys that say who or where one is (<see cref="OutsiderKeys"/>).
/// </summary>
internal static class Outsiders
{
    /// <summary>Of these it follows from who a caller with an account is; a service or provider has none of these to choose either.</summary>
    private static readonly HashSet<string> OfAccount = new(StringComparer.Ordinal) { "aws:principalarn", "aws:principalaccount", "kms:calleraccount" };

    private static readonly PrincipalClause WithoutAccount =
        new(false, ImmutableArray.Create(new PrincipalEntry(PrincipalEntryKind.Service, "*", default),
            new PrincipalEntry(PrincipalEntryKind.Federated, "*", default)), default);

    // RFC 1918.
    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    private const string CognitoAudience = OutsiderKeys.Cognito + ":aud", CognitoMethods = OutsiderKeys.Cognito + ":amr";

    /// <summary>What outsiders may ask, as a property.</summary>
    /// <param name="subject">The statements of the policies in question.</param>
    /// <param name="zone">Who is trusted.</param>
    /// <param name="throughAccessPoints">Whether outsiders may come through access points that the policy trusts, whose own policies decide.</param>
    public static PolicyDocument Property(IReadOnlyCollection<Statement> subject, TrustZone zone, bool throughAccessPoints = false)
    {
        var statements = new List<Statement>();
        IEnumerable<PrincipalEntry> trusted = Accounts(subject, zone).Select(a => new PrincipalEntry(PrincipalEntryKind.Aws, a, default))
            .Concat(zone.Services.Select(s => new PrincipalEntry(PrincipalEntryKind.Service, s, default)))
            .Concat(OwnProviders(subject, zone));
        Add(Effect.Allow, trusted.Any() ? new PrincipalClause(true, trusted.ToImmutableArray(), default) : null);
        if (!zone.Strict)
        {
            foreach (IGrouping<string, Condition> key in subject.SelectMany(s => s.Conditions).GroupBy(c => c.FoldedKey)
                .OrderBy(k => k.Key, StringComparer.Ordinal))
            {
                if (throughAccessPoints && OutsiderKeys.IsDelegating(key.Key))
                {
                    continue;
                }

                foreach (IGrouping<ConditionComparison, PolicyPattern> values in Excluded(key, zone).GroupBy(e => e.Comparison, e => e.Value))
                {
                    Deny(OfAccount.Contains(key.Key) ? WithoutAccount : null,
                        Line(key.First(), values.Key, values.GroupBy(v => v.Text).Select(v => v.First())));
                }
            }

            if (subject.SelectMany(s => s.Conditions).FirstOrDefault(c => c.FoldedKey == CognitoAudience) is { } audience)
            {
                // Whoever has signed in to a pool is the pool's; its guests are anybody.
                IEnumerable<PolicyPattern> pools = subject.SelectMany(s => s.Conditions).Where(c => c.FoldedKey == CognitoAudience).SelectMany(c => c.Values)
                    .Where(v => !v.HasVariables && v.Text.IndexOfAny(['*', '?']) < 0);
                Deny(
                    null,
                    Line(audience, ConditionComparison.StringEquals, pools),
                    new Condition(
                        new ConditionOperator(SetOperator.ForAnyValue, ConditionComparison.StringEquals, false, "StringEquals"),
                        CognitoMethods,
                        CognitoMethods,
                        ImmutableArray.Create(PolicyPattern.Plain("authenticated")),
                        default,
                        default));
            }
        }

        return new PolicyDocument(new DocumentText("", "outsiders"), PolicyVersion.V2012, true, null, statements.ToImmutableArray(),
            ImmutableArray<PolicyProblem>.Empty);

        void Add(Effect effect, PrincipalClause? principal, params Condition[] conditions) => statements.Add(new Statement(
            statements.Count, null, effect, principal, new ActionClause(false, ImmutableArray.Create(PolicyPattern.Plain("*")), default), null,
            conditions.ToImmutableArray(), default));

        void Deny(PrincipalClause? principal, params Condition[] lines)
        {
            if (lines.All(line => !line.Values.IsEmpty))
            {
                Add(Effect.Deny, principal, lines);
            }
        }
    }

    private static Condition Line(Condition of, ConditionComparison comparison, IEnumerable<PolicyPattern> values)
    {
        bool several = ServiceCatalogue.Default.FindKeyType(of.FoldedKey)?.IsMultivalued == true;
        var op = new ConditionOperator(several ? SetOperator.ForAnyValue : SetOperator.None, comparison, false, comparison.ToString());
        return new Condition(op, of.Key, of.FoldedKey, values.ToImmutableArray(), default, default);
    }

    /// <summary>The values of a key that an outsider does not have, and how they are compared.</summary>
    private static IEnumerable<(ConditionComparison Comparison, PolicyPattern Value)> Excluded(IGrouping<string, Condition> key, TrustZone zone)
    {
        if (OutsiderKeys.IsOfInsiders(key.Key))
        {
            yield return (ConditionComparison.Bool, PolicyPattern.Plain("true"));
            yield break;
        }

        foreach (Condition condition in key)
        {
            foreach (PolicyPattern value in condition.Values.Where(v => OutsiderKeys.Fixes(key.Key, v, IsWild(condition, v), zone)))
            {
                yield return (key.Key == OutsiderKeys.SourceIp ? ConditionComparison.IpAddress
                    : IsWild(condition, value) ? ConditionComparison.StringLike
                    : condition.Operator.Comparison is ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase
                    ? ConditionComparison.StringEqualsIgnoreCase
                    : ConditionComparison.StringEquals, value);
            }
        }

        IEnumerable<(ConditionComparison, string)> always = key.Key switch
        {
            OutsiderKeys.SourceIp => Private.Select(p => (ConditionComparison.IpAddress, p)),
            OutsiderKeys.OrgId => zone.Organizations.Select(o => (ConditionComparison.StringEquals, o)),
            OutsiderKeys.OrgPaths => zone.Organizations.Select(o => (ConditionComparison.StringLike, o + "/*")),
            _ => [],
        };
        foreach ((ConditionComparison comparison, string value) in always)
        {
            yield return (comparison, PolicyPattern.Plain(value));
        }
    }

    /// <summary>The accounts that are not outsiders: those of the zone, else all that the policies name; and who owns the resources they speak of.</summary>
    private static IEnumerable<string> Accounts(IReadOnlyCollection<Statement> subject, TrustZone zone)
    {
        var accounts = new SortedSet<string>(zone.Accounts, StringComparer.Ordinal);
        foreach (Statement statement in subject)
        {
            IEnumerable<string> named = statement.Resource?.Patterns.Select(p => p.Text) ?? [];
            if (!zone.IsGiven)
            {
                named = named.Concat(statement.Principal?.Entries.Where(e => e.Kind == PrincipalEntryKind.Aws).Select(e => e.Value) ?? [])
                    .Concat(statement.Conditions.Where(c => OutsiderKeys.NamesAccounts(c.FoldedKey)).SelectMany(c => c.Values).Select(v => v.Text));
            }

            foreach (string text in named)
            {
                if ((CallerPrincipal.IsTwelveDigits(text) ? text : ArnFields.AccountOf(text)) is { } account)
                {
                    accounts.Add(account);
                }
            }
        }

        return accounts;
    }

    /// <summary>A SAML provider is its account's own: it says who its users are.</summary>
    private static IEnumerable<PrincipalEntry> OwnProviders(IEnumerable<Statement> subject, TrustZone zone) => subject
        .SelectMany(s => s.Principal?.Entries ?? ImmutableArray<PrincipalEntry>.Empty)
        .Where(e => e.Kind == PrincipalEntryKind.Federated && e.Value.IndexOf(":saml-provider/", StringComparison.Ordinal) > 0
            && ArnFields.AccountOf(e.Value) is { } account && (!zone.IsGiven || zone.Accounts.Contains(account)))
        .GroupBy(e => e.Value).Select(same => same.First() with { Span = default });

    private static bool IsWild(Condition condition, PolicyPattern value) =>
        condition.Operator.Comparison is not (ConditionComparison.StringEquals or ConditionComparison.StringNotEquals
            or ConditionComparison.StringEqualsIgnoreCase or ConditionComparison.StringNotEqualsIgnoreCase)
        && value.Text.IndexOfAny(['*', '?']) >= 0;
}
