using System.Collections;
using System.Collections.Immutable;
using ProvableSec.Testing.Sources;

namespace ProvableSec.Testing;

/// <summary>
/// Several subjects of one claim: every role of a template, every principal of a dump. A claim over a set fails where it fails for a member, and names those
/// members;
/// over an empty set it fails, because it would say nothing.
/// </summary>
/// <example>
/// <code>
/// Policies.FromTemplate("template.json").Roles.ButNot("Deploy*").ShouldNeverAllow("iam:PassRole");
/// </code>
/// </example>
public sealed class PolicySubjects : IReadOnlyList<PolicySubject>
{
    private readonly ImmutableArray<(string Id, PolicySubject Subject)> members;

    internal PolicySubjects(string name, IEnumerable<(string Id, PolicySubject Subject)> members)
    {
        Name = name;
        this.members = members.ToImmutableArray();
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public int Count => members.Length;

    /// <summary>The names by which single members can be asked for, in the order of the source.</summary>
    public IEnumerable<string> Ids => members.Select(member => member.Id);

    /// <summary>
    /// A row with the name of each member, as data of a theory: <c>[MemberData]</c> of xunit, <c>[TestCaseSource]</c> of NUnit, <c>[DynamicData]</c> of MSTest.
    /// The test
    /// gets the name and asks for the member, so that test windows list one case for each.
    /// </summary>
    public IEnumerable<object[]> TestCases => members.Select(member => new object[] { member.Id });

    /// <inheritdoc/>
    public PolicySubject this[int index] => members[index].Subject;

    /// <summary>Those whose names match a pattern with <c>*</c> and <c>?</c>.</summary>
    public PolicySubjects Like(string pattern) => new($"{Name} like {pattern}", members.Where(member => NamePattern.Matches(pattern, member.Id)));

    /// <summary>Those whose names match none of some patterns.</summary>
    public PolicySubjects ButNot(params string[] patterns) =>
        new($"{Name} but {string.Join(", ", patterns)}", members.Where(member => !patterns.Any(pattern => NamePattern.Matches(pattern, member.Id))));

    /// <summary>Each of them with the same change: a boundary, a session policy, an organization above.</summary>
    /// <example>
    /// <code>
    /// PolicySubjects inProduction = template.Roles.Each(role => role.Under(organization));
    /// </code>
    /// </example>
    public PolicySubjects Each(Func<PolicySubject, PolicySubject> change) => new(Name, members.Select(member => (member.Id, change(member.Subject))));

    /// <summary>The member of a name.</summary>
    /// <exception cref="PolicySourceException">There is none; the message says which there are.</exception>
    public PolicySubject Named(string id) => NamePattern.Find(id, members.Select(m => (m.Id, m)), Name).Subject;

    /// <inheritdoc/>
    public IEnumerator<PolicySubject> GetEnumerator() => members.Select(member => member.Subject).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
