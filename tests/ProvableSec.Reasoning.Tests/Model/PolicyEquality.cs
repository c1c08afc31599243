using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Tests.Model;

/// <summary>Two documents say the same: element by element, by its own code and not by way of a text. Places are not compared.</summary>
internal static class PolicyEquality
{
    public static void AssertSame(PolicyDocument a, PolicyDocument b)
    {
        Assert.Equal(a.Version, b.Version);
        Assert.Equal(a.NamesVersion, b.NamesVersion);
        Assert.Equal(a.Id, b.Id);
        Assert.Equal(a.Statements.Length, b.Statements.Length);
        for (int i = 0; i < a.Statements.Length; i++)
        {
            AssertSame(a.Statements[i], b.Statements[i]);
        }
    }

    private static void AssertSame(Statement a, Statement b)
    {
        Assert.Equal(a.Sid, b.Sid);
        Assert.Equal(a.Effect, b.Effect);
        Assert.Equal(a.Principal is null, b.Principal is null);
        if (a.Principal is not null && b.Principal is not null)
        {
            Assert.Equal(a.Principal.IsNot, b.Principal.IsNot);
            Assert.Equal(a.Principal.Entries.Select(e => (e.Kind, e.Value)), b.Principal.Entries.Select(e => (e.Kind, e.Value)));
        }

        Assert.Equal(a.Action.IsNot, b.Action.IsNot);
        AssertSame(a.Action.Patterns, b.Action.Patterns);
        Assert.Equal(a.Resource is null, b.Resource is null);
        if (a.Resource is not null && b.Resource is not null)
        {
            Assert.Equal(a.Resource.IsNot, b.Resource.IsNot);
            AssertSame(a.Resource.Patterns, b.Resource.Patterns);
        }

        Assert.Equal(a.Conditions.Length, b.Conditions.Length);
        for (int i = 0; i < a.Conditions.Length; i++)
        {
            Assert.Equal(a.Conditions[i].Operator, b.Conditions[i].Operator);
            Assert.Equal(a.Conditions[i].Key, b.Conditions[i].Key);
            Assert.Equal(a.Conditions[i].FoldedKey, b.Conditions[i].FoldedKey);
            AssertSame(a.Conditions[i].Values, b.Conditions[i].Values);
        }
    }

    private static void AssertSame(IReadOnlyList<PolicyPattern> a, IReadOnlyList<PolicyPattern> b)
    {
        Assert.Equal(a.Count, b.Count);
        for (int i = 0; i < a.Count; i++)
        {
            Assert.Equal(a[i].Text, b[i].Text);
            Assert.Equal(a[i].Parts.AsEnumerable(), b[i].Parts.AsEnumerable());
        }
    }
}
