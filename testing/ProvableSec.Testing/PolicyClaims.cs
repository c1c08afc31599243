using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using ProvableSec.Reasoning.Linq;
using ProvableSec.Rules;
using ProvableSec.Testing.Checking;
using ProvableSec.Testing.Claims;

namespace ProvableSec.Testing;

/// <summary>
/// Claims about policies: about every request there could be, not about examples. A claim passes when it is proved and says something; else it is a
/// <see cref="PolicyClaimException"/>, which every test framework shows. <see cref="PolicyAssert"/> has the same as plain methods.
/// </summary>
public static class PolicyClaims
{
    /// <summary>Claims that none of these requests is allowed.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    /// <param name="when">What else holds of the requests: <c>r => r["aws:SourceIp"].IsAbsent</c> (<c>docs/linq.md</c>).</param>
    /// <param name="whenText">Left to the compiler.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldNeverAllow("iam:PassRole", on: "arn:aws:iam::*:role/Admin*");
    /// </code>
    /// </example>
    public static void ShouldNeverAllow(this PolicySubject subject, PolicyPatterns actions, string on = "*",
        Expression<Func<RequestExpression, bool>>? when = null, [CallerArgumentExpression(nameof(when))] string? whenText = null) =>
            ClaimCheck.Verify(subject, KnownClaims.NeverAllows(actions, on, when, whenText));

    /// <inheritdoc cref="ShouldNeverAllow(PolicySubject, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    /// <param name="when">What else holds of the requests: <c>r => r["aws:SourceIp"].IsAbsent</c> (<c>docs/linq.md</c>).</param>
    /// <param name="whenText">Left to the compiler.</param>
    public static void ShouldNeverAllow(this PolicySubjects subjects, PolicyPatterns actions, string on = "*",
        Expression<Func<RequestExpression, bool>>? when = null, [CallerArgumentExpression(nameof(when))] string? whenText = null) =>
            VerifyEach(subjects, KnownClaims.NeverAllows(actions, on, when, whenText));

    /// <summary>Claims that none of the requests is allowed that a policy describes: those that it would allow standing alone. A check of
    /// <c>provablesec.json</c> may name the same file.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="forbidden">The policy that says what must not be allowed.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// template.Roles.ButNot("Deploy*").ShouldNeverAllow(Policies.Load("properties/pass-role.json"));
    /// </code>
    /// </example>
    public static void ShouldNeverAllow(this PolicySubject subject, PolicySubject forbidden) => ClaimCheck.Verify(subject, KnownClaims.NeverAllows(forbidden));

    /// <inheritdoc cref="ShouldNeverAllow(PolicySubject, PolicySubject)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="forbidden">The policy that says what must not be allowed.</param>
    public static void ShouldNeverAllow(this PolicySubjects subjects, PolicySubject forbidden) => VerifyEach(subjects, KnownClaims.NeverAllows(forbidden));

    /// <summary>Claims that every one of these requests is allowed.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    /// <param name="when">What else holds of the requests: <c>r => r["aws:SourceIp"].IsAbsent</c> (<c>docs/linq.md</c>).</param>
    /// <param name="whenText">Left to the compiler.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldAllow("s3:GetObject", on: "arn:aws:s3:::reports/*");
    /// </code>
    /// </example>
    public static void ShouldAllow(this PolicySubject subject, PolicyPatterns actions, string on = "*", Expression<Func<RequestExpression, bool>>? when = null,
        [CallerArgumentExpression(nameof(when))] string? whenText = null) => ClaimCheck.Verify(subject, KnownClaims.Allows(actions, on, when, whenText));

    /// <inheritdoc cref="ShouldAllow(PolicySubject, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    /// <param name="when">What else holds of the requests: <c>r => r["aws:SourceIp"].IsAbsent</c> (<c>docs/linq.md</c>).</param>
    /// <param name="whenText">Left to the compiler.</param>
    public static void ShouldAllow(this PolicySubjects subjects, PolicyPatterns actions, string on = "*",
        Expression<Func<RequestExpression, bool>>? when = null, [CallerArgumentExpression(nameof(when))] string? whenText = null) =>
            VerifyEach(subjects, KnownClaims.Allows(actions, on, when, whenText));

    /// <summary>Claims that nothing else is allowed. <c>sts:GetCallerIdentity</c> and <c>sts:GetSessionToken</c>, which AWS allows to everybody, do not
    /// count.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldAllowOnly(["s3:GetObject", "s3:PutObject"], on: "arn:aws:s3:::reports/*");
    /// </code>
    /// </example>
    public static void ShouldAllowOnly(this PolicySubject subject, PolicyPatterns actions, PolicyPatterns? on = null) =>
        ClaimCheck.Verify(subject, KnownClaims.AllowsOnly(actions, on ?? "*"));

    /// <inheritdoc cref="ShouldAllowOnly(PolicySubject, PolicyPatterns, PolicyPatterns)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="actions">One or several, with wildcards.</param>
    /// <param name="on">The resources, with wildcards; all unless said.</param>
    public static void ShouldAllowOnly(this PolicySubjects subjects, PolicyPatterns actions, PolicyPatterns? on = null) =>
        VerifyEach(subjects, KnownClaims.AllowsOnly(actions, on ?? "*"));

    /// <summary>Claims that whatever it allows, the baseline allows too.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="baseline">What is compared with: the last version, the policy that was approved.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldGrantNoMoreThan(Policies.Load("policies/approved.json"));
    /// </code>
    /// </example>
    public static void ShouldGrantNoMoreThan(this PolicySubject subject, PolicySubject baseline) =>
        ClaimCheck.Verify(subject, KnownClaims.GrantsNoMoreThan(baseline));

    /// <inheritdoc cref="ShouldGrantNoMoreThan(PolicySubject, PolicySubject)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="baseline">What is compared with: the last version, the policy that was approved.</param>
    public static void ShouldGrantNoMoreThan(this PolicySubjects subjects, PolicySubject baseline) =>
        VerifyEach(subjects, KnownClaims.GrantsNoMoreThan(baseline));

    /// <summary>Claims that both allow the same requests.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="other">What is compared with.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldBeEquivalentTo(Policies.Load("policies/rewritten.json"));
    /// </code>
    /// </example>
    public static void ShouldBeEquivalentTo(this PolicySubject subject, PolicySubject other) => ClaimCheck.Verify(subject, KnownClaims.IsEquivalentTo(other));

    /// <inheritdoc cref="ShouldBeEquivalentTo(PolicySubject, PolicySubject)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="other">What is compared with.</param>
    public static void ShouldBeEquivalentTo(this PolicySubjects subjects, PolicySubject other) => VerifyEach(subjects, KnownClaims.IsEquivalentTo(other));

    /// <summary>Claims that no outsider gets in: no anonymous caller, and nobody of accounts and organizations that are neither named nor trusted.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="trusting">Accounts (twelve digits), organizations (<c>o-…</c>) and services that are not outsiders. With some given, accounts that the
    /// policy names besides are outsiders too.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// Policies.Load("policies/bucket.json").ShouldNotBePublic(trusting: "111122223333");
    /// </code>
    /// </example>
    public static void ShouldNotBePublic(this PolicySubject subject, PolicyPatterns? trusting = null) =>
        ClaimCheck.Verify(subject, KnownClaims.IsNotPublic(trusting));

    /// <inheritdoc cref="ShouldNotBePublic(PolicySubject, PolicyPatterns)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="trusting">Accounts (twelve digits), organizations (<c>o-…</c>) and services that are not outsiders. With some given, accounts that the
    /// policy names besides are outsiders too.</param>
    public static void ShouldNotBePublic(this PolicySubjects subjects, PolicyPatterns? trusting = null) =>
        VerifyEach(subjects, KnownClaims.IsNotPublic(trusting));

    /// <summary>Claims that removing any one statement changes what is allowed.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <exception cref="PolicyClaimException">It is not so, or not known, or the claim says nothing.</exception>
    /// <example>
    /// <code>
    /// role.ShouldHaveNoDeadStatements();
    /// </code>
    /// </example>
    public static void ShouldHaveNoDeadStatements(this PolicySubject subject) => ClaimCheck.Verify(subject, KnownClaims.HasNoDeadStatements());

    /// <inheritdoc cref="ShouldHaveNoDeadStatements(PolicySubject)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    public static void ShouldHaveNoDeadStatements(this PolicySubjects subjects) => VerifyEach(subjects, KnownClaims.HasNoDeadStatements());

    /// <summary>
    /// Claims that there is no privilege escalation: to grant oneself more, to take over a user or role, to pass a role to a service that runs what one
    /// likes (rule PSEC2003, the ways of pathfinding.cloud). What boundary, session policy and SCPs block is none.
    /// </summary>
    /// <param name="subject">What is claimed about.</param>
    /// <exception cref="PolicyClaimException">There is a way, or that is not known.</exception>
    /// <example>
    /// <code>
    /// role.ShouldHaveNoPrivilegeEscalation();
    /// </code>
    /// </example>
    public static void ShouldHaveNoPrivilegeEscalation(this PolicySubject subject) =>
        ClaimCheck.Throw(FindingClaims.CheckEscalation(subject ?? throw new ArgumentNullException(nameof(subject)), KnownClaims.NoEscalation));

    /// <inheritdoc cref="ShouldHaveNoPrivilegeEscalation(PolicySubject)"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    public static void ShouldHaveNoPrivilegeEscalation(this PolicySubjects subjects) =>
        ClaimCheck.Verify(subjects, subject => FindingClaims.CheckEscalation(subject, KnownClaims.NoEscalation), KnownClaims.NoEscalation);

    /// <summary>Claims that the rules of <c>provablesec check</c> find nothing.</summary>
    /// <param name="subject">What is claimed about.</param>
    /// <param name="atLeast">Findings that are milder do not count.</param>
    /// <param name="except">Rules that do not count, by their ids or their codes of IAM Access Analyzer.</param>
    /// <exception cref="PolicyClaimException">There is a finding, or policies are not known.</exception>
    /// <example>
    /// <code>
    /// role.ShouldHaveNoFindings(FindingSeverity.Warning, except: "PSEC2008");
    /// </code>
    /// </example>
    public static void ShouldHaveNoFindings(this PolicySubject subject, FindingSeverity atLeast = FindingSeverity.Warning, params string[] except)
    {
        FindingClaims.RequireRules(except);
        ClaimCheck.Throw(KnownClaims.NoFindings(subject ?? throw new ArgumentNullException(nameof(subject)), (RuleSeverity)atLeast, except));
    }

    /// <inheritdoc cref="ShouldHaveNoFindings(PolicySubject, FindingSeverity, string[])"/>
    /// <param name="subjects">What is claimed about, each of them.</param>
    /// <param name="atLeast">Findings that are milder do not count.</param>
    /// <param name="except">Rules that do not count, by their ids or their codes of IAM Access Analyzer.</param>
    public static void ShouldHaveNoFindings(this PolicySubjects subjects, FindingSeverity atLeast = FindingSeverity.Warning, params string[] except)
    {
        FindingClaims.RequireRules(except);
        ClaimCheck.Verify(subjects, subject => KnownClaims.NoFindings(subject, (RuleSeverity)atLeast, except),
            KnownClaims.NoFindings((RuleSeverity)atLeast, except));
    }

    private static void VerifyEach(PolicySubjects subjects, Claim claim) =>
        ClaimCheck.Verify(subjects, subject => ClaimCheck.Check(subject, claim), claim.Sentence);
}
