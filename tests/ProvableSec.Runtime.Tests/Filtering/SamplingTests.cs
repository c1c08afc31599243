namespace ProvableSec.Runtime.Tests.Filtering;

public sealed class SamplingTests
{
    private static readonly LogRules OneInTen = Lines.Read("{\"version\":1,\"rules\":[{\"id\":\"s\",\"when\":{},\"then\":\"sample\",\"oneIn\":10}]}");

    [Fact]
    public void About_one_in_ten_is_kept_and_says_what_it_stands_for()
    {
        int kept = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string record = $"{{\"httpRequest\":{{\"requestId\":\"1-{i:x8}\"}} }}";
            if (Lines.Filter(OneInTen, record) is { } text)
            {
                kept++;
                Assert.Equal(record[..^1] + ",\"sampleWeight\":10}", text);
            }
        }

        Assert.InRange(kept, 900, 1100);
    }

    [Fact]
    public void The_same_request_always_meets_the_same_end()
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(i => $"id-{i}")];
        string Kept(Func<string, string> record) => string.Join(',', ids.Where(id => Lines.Filter(OneInTen, record(id)) is not null));
        string first = Kept(id => $"{{\"httpRequest\":{{\"requestId\":\"{id}\"}}}}");
        Assert.Equal("id-3,id-12,id-15,id-19,id-24,id-29,id-34,id-38,id-60,id-62,id-65,id-70,id-87,id-92,id-98,id-111,id-115,id-130,id-140,id-199", first);
        Assert.Equal(first, Kept(id => $"{{\"action\":\"ALLOW\",\"httpRequest\":{{\"uri\":\"/\",\"requestId\":\"\\u0069{id[1..]}\"}}}}"));
    }

    [Fact]
    public void A_key_draws_a_sample_of_its_own()
    {
        LogRules rules = Lines.Read("{\"version\":1,\"samplingKey\":\"0123456789abcdef\",\"rules\":[{\"id\":\"s\",\"when\":{},\"then\":\"sample\",\"oneIn\":10}]}");
        string[] ids = [.. Enumerable.Range(0, 10_000).Select(i => $"id-{i}")];
        string[] Kept(LogRules from) => [.. ids.Where(id => Lines.Filter(from, $"{{\"httpRequest\":{{\"requestId\":\"{id}\"}}}}") is not null)];
        string[] kept = Kept(rules);
        Assert.InRange(kept.Length, 900, 1100);
        Assert.Equal(kept, Kept(rules));
        Assert.InRange(kept.Intersect(Kept(OneInTen)).Count(), 50, 200);
        Assert.DoesNotContain("0123456789abcdef", rules.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_request_id_a_record_is_kept_as_it_is() => Assert.Equal("{\"httpRequest\":{\"uri\":\"/\"}}",
        Lines.Filter(OneInTen, "{\"httpRequest\":{\"uri\":\"/\"}}"));
}
