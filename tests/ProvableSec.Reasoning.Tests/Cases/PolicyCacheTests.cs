using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Cases;

public sealed class PolicyCacheTests
{
    private static JsonItem Element(string text, int line = 1) =>
        JsonTreeReader.Read(new DocumentText(text, "f", new LinePosition(line, 1))).Root;

    private static string Policy(int number) => $$"""{"Statement":{"Sid":"s{{number:D6}}","Effect":"Allow","Action":"*","Resource":"*"} }""";

    [Fact]
    public void The_same_characters_are_parsed_once()
    {
        var cache = new PolicyCache();
        PolicyDocument first = cache.GetOrRead(Element(Policy(1)));
        Assert.Same(first, cache.GetOrRead(Element(Policy(1), line: 9)));
        Assert.NotSame(first, cache.GetOrRead(Element(Policy(2))));
        Assert.NotSame(first, cache.GetOrRead(Element(Policy(1).Replace(":", ": "))));
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var cache = new PolicyCache();
        JsonItem element = Element(Policy(1));
        cache.GetOrRead(element);
        cache.GetOrRead(element);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            cache.GetOrRead(element);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Documents_with_errors_are_not_kept()
    {
        var cache = new PolicyCache();
        JsonItem element = Element("""{"Statement":1}""");
        Assert.True(cache.GetOrRead(element).HasErrors);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void It_stays_within_its_bound_and_keeps_what_is_in_use()
    {
        const int Bound = 20_000;
        var cache = new PolicyCache(Bound);
        PolicyDocument used = cache.GetOrRead(Element(Policy(0)));
        for (int i = 1; i < 2000; i++)
        {
            cache.GetOrRead(Element(Policy(i)));
            Assert.Same(used, cache.GetOrRead(Element(Policy(0))));
            Assert.InRange(cache.Bytes, 1, Bound);
        }
    }

    [Fact]
    public void A_document_larger_than_the_bound_is_read_and_not_kept()
    {
        var cache = new PolicyCache(10);
        Assert.False(cache.GetOrRead(Element(Policy(1))).HasErrors);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void Many_threads_may_share_one()
    {
        var cache = new PolicyCache(50_000);
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            string text = Policy(i * 31 % 700);
            PolicyDocument document = cache.GetOrRead(Element(text));
            Assert.Equal(text, document.Source.Text);
        });
        Assert.InRange(cache.Bytes, 1, 50_000);
    }

    [Fact]
    public void A_warning_is_told_where_the_policy_stands_though_it_was_remembered_from_elsewhere()
    {
        const string Text = """{"Statement":{"Effect":"Allow","Principal":"111122223333","Action":"*","Resource":"*"}}""";
        var loader = new PolicyLoader(cache: new PolicyCache());
        var first = new CaseProblems();
        PolicyDocument? document = loader.Read(Element(Text, line: 3), "policy", first);
        var second = new CaseProblems();
        Assert.Same(document, loader.Read(Element("   " + Text, line: 8), "policy", second));
        int column = Text.IndexOf("\"1111", StringComparison.Ordinal) + 1;
        Assert.Equal(new LinePosition(3, column), Assert.Single(first.ToImmutable()).Position);
        Assert.Equal(new LinePosition(8, column + 3), Assert.Single(second.ToImmutable()).Position);
    }
}
