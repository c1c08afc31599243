using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>Policies that were met before are not read again, and nobody sees a difference.</summary>
public sealed class KnownObjectTests
{
    private static readonly string Policy = $$"""{"Version":"2012-10-17","Statement":[{"Sid":"{{new string('A', 200)}}","Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}]}""";

    private static readonly string Case = $$$"""
        {"id":"1","identityPolicies":[{{{Policy}}},{{{Policy}}}],"permissionsBoundary":{{{Policy}}},"request":{"principal":"arn:aws:iam::111122223333:user/u","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}}
        """;

    private readonly PolicyCache cache = new();

    public KnownObjectTests() => cache.GetOrRead(JsonTreeReader.Read(new DocumentText(Policy)).Root);

    [Fact]
    public void A_known_policy_is_found_where_it_stands()
    {
        JsonItem root = JsonTreeReader.Read(new DocumentText(Case), cache).Root;
        Assert.True(root.TryGetProperty("permissionsBoundary", out JsonItem boundary));
        Assert.Same(cache.GetOrRead(boundary), boundary.Known);
        Assert.Equal(Policy.Length, boundary.Span.Length);
        Assert.Null(root.Known);
    }

    [Fact]
    public void Who_looks_into_it_sees_all_that_is_there() => AssertSame(Case);

    [Theory]
    [InlineData("{\"request\":@}")]
    [InlineData("[@,@,{\"a\":@},[]]")]
    [InlineData("@")]
    [InlineData("{\"a\":@,\"a\":@}")]
    [InlineData("{\"a\":@ x,\"b\":1}")]
    [InlineData("{\"a\":@")]
    [InlineData("[[[[[[[[[[@]]]]]]]]]]")]
    public void So_it_is_wherever_it_stands(string text) => AssertSame(text.Replace("@", Policy, StringComparison.Ordinal));

    [Fact]
    public void What_only_begins_alike_is_read()
    {
        foreach (string other in (string[])[Policy.Replace("b/*", "c/*", StringComparison.Ordinal), Policy[..^1] + ",\"Id\":\"x\"}", Policy[..^2] + ",{}]}"])
        {
            JsonItem root = JsonTreeReader.Read(new DocumentText($"[{other}]"), cache).Root;
            Assert.All(Elements(root), element => Assert.Null(element.Known));
            AssertSame($"[{other}]");
        }
    }

    [Fact]
    public void A_policy_with_a_remark_is_read_each_time()
    {
        string remarked = Policy.Replace("\"Effect\":", "\"Principal\":\"arn:aws:iam::111122223333:root\",\"Effect\":", StringComparison.Ordinal);
        PolicyCache own = new();
        Assert.NotEmpty(own.GetOrRead(JsonTreeReader.Read(new DocumentText(remarked)).Root).Problems);
        Assert.Null(Assert.Single(Elements(JsonTreeReader.Read(new DocumentText($"[{remarked}]"), own).Root)).Known);
    }

    [Fact]
    public void Many_policies_that_begin_alike_are_told_apart()
    {
        string[] policies = [.. Enumerable.Range(0, 100).Select(i => Policy.Replace("b/*", $"b{i}/*", StringComparison.Ordinal))];
        foreach (string policy in policies)
        {
            cache.GetOrRead(JsonTreeReader.Read(new DocumentText(policy)).Root);
        }

        JsonItem root = JsonTreeReader.Read(new DocumentText($"[{string.Join(',', policies)}]"), cache).Root;
        JsonItem[] elements = [.. Elements(root)];
        Assert.InRange(elements.Count(element => element.Known is not null), 32, 99);
        Assert.All(elements.Zip(policies), pair => Assert.Equal(pair.Second,
            pair.First.Document.Source.Text.Substring(pair.First.Span.Start, pair.First.Span.Length)));
    }

    private static List<JsonItem> Elements(JsonItem array)
    {
        var all = new List<JsonItem>();
        foreach (JsonItem element in array.Elements())
        {
            all.Add(element);
        }

        return all;
    }

    private void AssertSame(string text)
    {
        JsonTree plain = JsonTreeReader.Read(new DocumentText(text)), quick = JsonTreeReader.Read(new DocumentText(text), cache);
        Assert.Equal(plain.Problems.Select(p => p.ToString()), quick.Problems.Select(p => p.ToString()));
        AssertSame(plain.Root, quick.Root);
    }

    private static void AssertSame(JsonItem plain, JsonItem quick)
    {
        Assert.Equal((plain.Kind, plain.Count, plain.Span, plain.Pointer, plain.Position, plain.Text),
            (quick.Kind, quick.Count, quick.Span, quick.Pointer, quick.Position, quick.Text));
        foreach ((JsonItem one, JsonItem other) in Elements(plain).Zip(Elements(quick)))
        {
            AssertSame(one, other);
        }

        var members = new List<JsonMember>();
        foreach (JsonMember member in quick.Properties())
        {
            members.Add(member);
        }

        int at = 0;
        foreach (JsonMember member in plain.Properties())
        {
            Assert.Equal((member.Name, member.NameElement.Span), (members[at].Name, members[at].NameElement.Span));
            AssertSame(member.Value, members[at++].Value);
        }

        Assert.Equal(at, members.Count);
    }
}
