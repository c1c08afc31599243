using System.Linq.Expressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules;
using ProvableSec.Testing.Claims;
using ProvableSec.Testing.Failures;

namespace ProvableSec.Testing.Checking;

/// <summary>The claims, each a question with its sentence.</summary>
internal static class KnownClaims
{
    public static Claim NeverAllows(PolicyPatterns actions, string on, Expression<Func<RequestExpression, bool>>? when, string? whenText) => new()
    {
        Question = Question.NotGranted,
        Sentence = $"should never allow {actions}{On(on)}{When(whenText)}",
        Instead = "it allows this request",
        Property = Claim.Describing(actions, on),
        When = Claim.Read(when),
    };

    public static Claim NeverAllows(PolicySubject forbidden) => new()
    {
        Question = Question.NotGranted,
        Sentence = $"should never allow what {(forbidden ?? throw new ArgumentNullException(nameof(forbidden))).Name} describes",
        Instead = "it allows this request",
        Property = forbidden.Variants is [{ Subject.Document: { } document }] ? document
            : throw new PolicySourceException($"{forbidden.Name} is not one policy, which is wanted here"),
    };

    public static Claim Allows(PolicyPatterns actions, string on, Expression<Func<RequestExpression, bool>>? when, string? whenText) => new()
    {
        Question = Question.Granted,
        Sentence = $"should allow {actions}{On(on)}{When(whenText)}",
        Instead = "it does not allow this request",
        Property = Claim.Describing(actions, on),
        ResourceAccount = on.Split([':'], 6) is [_, _, _, _, var account, _] && CallerPrincipal.IsTwelveDigits(account) ? account : null,
        When = Claim.Read(when),
    };

    public static Claim AllowsOnly(PolicyPatterns actions, PolicyPatterns on) => new()
    {
        Question = Question.NotGranted,
        Sentence = $"should allow only {actions}{On(on.ToString())}",
        Instead = "it allows this request, too",
        Property = Claim.DescribingOthers(actions, on),
    };

    public static Claim GrantsNoMoreThan(PolicySubject baseline) => new()
    {
        Question = Question.NoNewAccess,
        Sentence = $"should grant no more than {(baseline ?? throw new ArgumentNullException(nameof(baseline))).Name}",
        Instead = "it allows this request, which the other does not",
        Baseline = baseline,
    };

    public static Claim IsEquivalentTo(PolicySubject other) => new()
    {
        Question = Question.Equivalent,
        Sentence = $"should be equivalent to {(other ?? throw new ArgumentNullException(nameof(other))).Name}",
        Instead = "they differ on this request",
        Baseline = other,
    };

    public static Claim IsNotPublic(PolicyPatterns? trusting) => new()
    {
        Question = Question.NoPublicAccess,
        Sentence = $"should not be public{(trusting is null ? "" : $", trusting {trusting}")}",
        Instead = "an outsider gets in",
        Zone = Trusting(trusting),
    };

    public static Claim HasNoDeadStatements() => new()
    {
        Question = Question.NoDeadStatement,
        Sentence = "should have no dead statements",
        Instead = "removing these changes nothing",
    };

    public const string NoEscalation = "should have no privilege escalation";

    public static string NoFindings(RuleSeverity least, IReadOnlyCollection<string> except) =>
        $"should have no findings{(least == RuleSeverity.Info ? "" : least == RuleSeverity.Error ? " that are errors" : " of warning or error")}"
            + $"{(except.Count == 0 ? "" : $" but {string.Join(", ", except)}")}";

    public static Failure? NoFindings(PolicySubject subject, RuleSeverity least, IReadOnlyCollection<string> except) =>
        FindingClaims.Check(subject, least, except, NoFindings(least, except));

    private static string On(string on) => on == "*" ? " on any resource" : $" on {on}";

    private static string When(string? text)
    {
        if (text is null or "null")
        {
            return "";
        }

        int arrow = text.IndexOf("=>", StringComparison.Ordinal);
        return $" when {(arrow < 0 ? text : text.Substring(arrow + 2).Trim())}";
    }

    private static TrustZone Trusting(PolicyPatterns? trusting)
    {
        TrustZone zone = TrustZone.None;
        foreach (string trusted in trusting ?? (IEnumerable<string>)[])
        {
            zone = CallerPrincipal.IsTwelveDigits(trusted) ? zone with { Accounts = zone.Accounts.Add(trusted) }
                : Organization.IsId(trusted) ? zone with { Organizations = zone.Organizations.Add(trusted) }
                : trusted.Contains(".amazonaws.com") ? zone with { Services = zone.Services.Add(trusted) }
                : throw new PolicySourceException(
                    $"\"{Excerpt.Of(trusted)}\" cannot be trusted: expected an account (twelve digits), an organization (o-…) or a service (….amazonaws.com)");
        }

        return zone;
    }
}
