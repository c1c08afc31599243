using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using ProvableSec.Reasoning.Linq;

namespace ProvableSec.Testing;

/// <summary>The claims of <see cref="PolicyClaims"/> for who writes assertions as calls: <c>PolicyAssert.NeverAllows(role, "iam:*")</c>.</summary>
public static class PolicyAssert
{
    /// <inheritdoc cref="PolicyClaims.ShouldNeverAllow(PolicySubject, PolicySubject)"/>
    public static void NeverAllows(PolicySubject subject, PolicySubject forbidden) => subject.ShouldNeverAllow(forbidden);

    /// <inheritdoc cref="PolicyClaims.ShouldNeverAllow(PolicySubjects, PolicySubject)"/>
    public static void NeverAllows(PolicySubjects subjects, PolicySubject forbidden) => subjects.ShouldNeverAllow(forbidden);

    /// <inheritdoc cref="PolicyClaims.ShouldNeverAllow(PolicySubject, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    public static void NeverAllows(PolicySubject subject, PolicyPatterns actions, string on = "*", Expression<Func<RequestExpression, bool>>? when = null,
        [CallerArgumentExpression(nameof(when))] string? whenText = null) => subject.ShouldNeverAllow(actions, on, when, whenText);

    /// <inheritdoc cref="PolicyClaims.ShouldNeverAllow(PolicySubjects, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    public static void NeverAllows(PolicySubjects subjects, PolicyPatterns actions, string on = "*", Expression<Func<RequestExpression, bool>>? when = null,
        [CallerArgumentExpression(nameof(when))] string? whenText = null) => subjects.ShouldNeverAllow(actions, on, when, whenText);

    /// <inheritdoc cref="PolicyClaims.ShouldAllow(PolicySubject, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    public static void Allows(PolicySubject subject, PolicyPatterns actions, string on = "*", Expression<Func<RequestExpression, bool>>? when = null,
        [CallerArgumentExpression(nameof(when))] string? whenText = null) => subject.ShouldAllow(actions, on, when, whenText);

    /// <inheritdoc cref="PolicyClaims.ShouldAllow(PolicySubjects, PolicyPatterns, string, Expression{Func{RequestExpression, bool}}, string)"/>
    public static void Allows(PolicySubjects subjects, PolicyPatterns actions, string on = "*", Expression<Func<RequestExpression, bool>>? when = null,
        [CallerArgumentExpression(nameof(when))] string? whenText = null) => subjects.ShouldAllow(actions, on, when, whenText);

    /// <inheritdoc cref="PolicyClaims.ShouldAllowOnly(PolicySubject, PolicyPatterns, PolicyPatterns)"/>
    public static void AllowsOnly(PolicySubject subject, PolicyPatterns actions, PolicyPatterns? on = null) => subject.ShouldAllowOnly(actions, on);

    /// <inheritdoc cref="PolicyClaims.ShouldAllowOnly(PolicySubjects, PolicyPatterns, PolicyPatterns)"/>
    public static void AllowsOnly(PolicySubjects subjects, PolicyPatterns actions, PolicyPatterns? on = null) => subjects.ShouldAllowOnly(actions, on);

    /// <inheritdoc cref="PolicyClaims.ShouldGrantNoMoreThan(PolicySubject, PolicySubject)"/>
    public static void GrantsNoMoreThan(PolicySubject subject, PolicySubject baseline) => subject.ShouldGrantNoMoreThan(baseline);

    /// <inheritdoc cref="PolicyClaims.ShouldGrantNoMoreThan(PolicySubjects, PolicySubject)"/>
    public static void GrantsNoMoreThan(PolicySubjects subjects, PolicySubject baseline) => subjects.ShouldGrantNoMoreThan(baseline);

    /// <inheritdoc cref="PolicyClaims.ShouldBeEquivalentTo(PolicySubject, PolicySubject)"/>
    public static void IsEquivalentTo(PolicySubject subject, PolicySubject other) => subject.ShouldBeEquivalentTo(other);

    /// <inheritdoc cref="PolicyClaims.ShouldBeEquivalentTo(PolicySubjects, PolicySubject)"/>
    public static void IsEquivalentTo(PolicySubjects subjects, PolicySubject other) => subjects.ShouldBeEquivalentTo(other);

    /// <inheritdoc cref="PolicyClaims.ShouldNotBePublic(PolicySubject, PolicyPatterns)"/>
    public static void IsNotPublic(PolicySubject subject, PolicyPatterns? trusting = null) => subject.ShouldNotBePublic(trusting);

    /// <inheritdoc cref="PolicyClaims.ShouldNotBePublic(PolicySubjects, PolicyPatterns)"/>
    public static void IsNotPublic(PolicySubjects subjects, PolicyPatterns? trusting = null) => subjects.ShouldNotBePublic(trusting);

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoDeadStatements(PolicySubject)"/>
    public static void HasNoDeadStatements(PolicySubject subject) => subject.ShouldHaveNoDeadStatements();

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoDeadStatements(PolicySubjects)"/>
    public static void HasNoDeadStatements(PolicySubjects subjects) => subjects.ShouldHaveNoDeadStatements();

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoPrivilegeEscalation(PolicySubject)"/>
    public static void HasNoPrivilegeEscalation(PolicySubject subject) => subject.ShouldHaveNoPrivilegeEscalation();

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoFindings(PolicySubject, FindingSeverity, string[])"/>
    public static void HasNoFindings(PolicySubject subject, FindingSeverity atLeast = FindingSeverity.Warning, params string[] except) =>
        subject.ShouldHaveNoFindings(atLeast, except);

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoPrivilegeEscalation(PolicySubjects)"/>
    public static void HasNoPrivilegeEscalation(PolicySubjects subjects) => subjects.ShouldHaveNoPrivilegeEscalation();

    /// <inheritdoc cref="PolicyClaims.ShouldHaveNoFindings(PolicySubjects, FindingSeverity, string[])"/>
    public static void HasNoFindings(PolicySubjects subjects, FindingSeverity atLeast = FindingSeverity.Warning, params string[] except) =>
        subjects.ShouldHaveNoFindings(atLeast, except);
}
