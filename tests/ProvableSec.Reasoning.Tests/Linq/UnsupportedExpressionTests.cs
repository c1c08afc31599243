using System.Linq.Expressions;
using ProvableSec.Reasoning.Linq;
using static ProvableSec.Reasoning.Tests.Linq.Given;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>What cannot be asked is refused when the query is written, by name.</summary>
public sealed class UnsupportedExpressionTests
{
    private readonly string? nothing = null;

    private static bool Run(RequestExpression r) => throw new InvalidOperationException($"{r} was run");

    private static string Named(Expression<Func<RequestExpression, bool>> predicate) =>
        Assert.Throws<NotSupportedException>(() => Stack(AllowAll).AllowedRequests().Where(predicate)).Message;

    [Fact]
    public void The_part_that_is_not_known_is_named_and_no_other()
    {
        string message = Named(r => r.Action == "a:b" && r["a:k"].ToString() == "x");
        Assert.Contains("""r["a:k"].ToString() == "x" """.Trim(), message, StringComparison.Ordinal);
        Assert.DoesNotContain("a:b", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_of_one_s_own_is_not_run()
    {
        Assert.Contains("Run(r)", Named(r => Run(r)), StringComparison.Ordinal);
        Assert.Contains("ToUpperInvariant", Named(r => r.Action == "a:b".ToUpperInvariant()), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_texts_of_the_request_are_not_compared() =>
#pragma warning disable CS0252, CS0253
        Assert.Contains("r.Action == r.Resource", Named(r => (object)r.Action == (object)r.Resource)
            .Replace("Convert(r.Action, Object)", "r.Action", StringComparison.Ordinal)
            .Replace("Convert(r.Resource, Object)", "r.Resource", StringComparison.Ordinal), StringComparison.Ordinal);
#pragma warning restore CS0252, CS0253

    [Fact]
    public void Neither_Equals_nor_null()
    {
        Assert.Contains("""r.Action.Equals("a:b")""", Named(r => r.Action.Equals("a:b")), StringComparison.Ordinal);
        Assert.Contains("IsAbsent", Named(r => r["a:k"] == null!), StringComparison.Ordinal);
        Assert.Contains("nothing", Named(r => r["a:k"] == nothing!), StringComparison.Ordinal);
        Assert.Contains("null", Named(r => r[null!] == "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_connectives()
    {
        Assert.Contains("And", Named(r => r.Action == "a:b" & r.Resource == "*"), StringComparison.Ordinal);
        Assert.Contains("IIF", Named(r => r.Action == "a:b" ? r.Resource == "*" : false), StringComparison.Ordinal);
        Assert.Contains("IsPresent == True", Named(r => r["a:k"].IsPresent == Stack().AllowedRequests().Any())
            .Replace("Stack(new [] {}).AllowedRequests().Any()", "True", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_that_make_no_sense()
    {
        Assert.Contains("r.Action < 3", Named(r => r.Action < 3), StringComparison.Ordinal);
        Assert.Contains("""r.Resource.IsIn("10.0.0.0/8")""", Named(r => r.Resource.IsIn("10.0.0.0/8")), StringComparison.Ordinal);
        Assert.Contains("10.0.0.0/33", Named(r => r["aws:SourceIp"].IsIn("10.0.0.0/33")), StringComparison.Ordinal);
        Assert.Contains("""r["Action"]""", Named(r => r["Action"] == "x"), StringComparison.Ordinal);
        Assert.Contains("DateTime", Named(r => r["aws:CurrentTime"] < new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_request_is_selected() =>
        Assert.Contains("null", Assert.Throws<NotSupportedException>(() => Stack(AllowAll).AllowedRequests().Select(r => null!)).Message,
            StringComparison.Ordinal);
}
