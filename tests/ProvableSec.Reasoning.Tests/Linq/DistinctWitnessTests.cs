using ProvableSec.Reasoning.Linq;
using static ProvableSec.Reasoning.Tests.Linq.Given;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>Several witnesses of one query.</summary>
public sealed class DistinctWitnessTests
{
    [Fact]
    public void Other_actions_come_first()
    {
        var found = Stack(Allow(action: "iam:*")).AllowedRequests().Where(r => r["aws:RequestedRegion"] != "eu-west-1").Take(5);
        Assert.Equal(5, found.Select(w => w.Request.Action).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Then_other_resources()
    {
        var found = Alone(Allow(action: "s3:GetObject", resource: "arn:aws:s3:::b/*")).AllowedRequests().Take(4);
        Assert.Equal(["s3:GetObject"], found.Select(w => w.Request.Action).Distinct());
        Assert.Equal(4, found.Select(w => w.Request.Resource).Distinct().Count());
    }

    [Fact]
    public void Then_other_values_until_there_are_no_more()
    {
        var query = Alone(Allow(If("StringEquals", "a:k", "x", "y", "z"), GetObject, TheObject)).AllowedRequests();
        Assert.Single(query.Take(10));
        Assert.Equal(["x", "y", "z"], query.Where(r => r["a:k"].IsPresent).Take(10).Select(w => Assert.Single(w.Request.Context).Values.Single()).Order());
        Assert.Equal(2, query.Where(r => r["a:k"] != "x").Take(10).Length);
        Assert.Equal(2, query.Where(r => r["a:k"].IsPresent).Take(2).Length);
    }

    [Fact]
    public void An_absent_key_is_a_value_of_its_own()
    {
        var found = Alone(Allow(If("StringEqualsIfExists", "a:k", "x"), GetObject, TheObject)).AllowedRequests().Where(r => r["a:k"] != "y").Take(10);
        Assert.Equal(["", "x"], found.Select(w => string.Join(",", w.Request.Context.SelectMany(e => e.Values))).Order());
    }

    [Fact]
    public void Sets_of_values_differ_as_sets()
    {
        var found = Alone(Allow("""{"ForAllValues:StringEquals":{"a:ks":["x","y"]}}""", GetObject, TheObject)).AllowedRequests().Where(r => r["a:ks"].IsPresent)
            .Take(10);
        Assert.Equal(["x", "x,y", "y"], found.Select(w => string.Join(",", w.Request.Context.Single().Values.Order())).Order());
    }

    [Fact]
    public void Who_asks_counts_when_the_query_names_the_principal()
    {
        const string A = "arn:aws:iam::111122223333:user/a", B = "arn:aws:iam::111122223333:user/b";
        var found = Alone(Allow(action: GetObject, resource: TheObject)).AllowedRequests().Where(r => r.Principal == A || r.Principal == B).Take(10);
        Assert.Equal([A, B], found.Select(w => w.Request.Principal.Name).Order());
    }

    [Fact]
    public void None_is_asked_for_none_is_given()
    {
        Assert.Empty(Stack(AllowAll).AllowedRequests().Take(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Stack(AllowAll).AllowedRequests().Take(-1));
    }
}
