using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Json;

public sealed class JsonTreeReaderLimitTests
{
    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    public void Nesting_up_to_the_limit_is_read(int depth)
    {
        Assert.Empty(Located.Json(new string('[', depth) + new string(']', depth)));
        Assert.Empty(Located.Json(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)));
    }

    [Theory]
    [InlineData(65)]
    [InlineData(1_000_000)]
    public void Deeper_nesting_is_one_problem_where_the_limit_is_passed(int depth)
    {
        Assert.Equal(["1:65 objects and arrays are nested deeper than 64 levels"], Located.Json(new string('[', depth) + new string(']', depth)));
    }

    [Fact]
    public void Endless_opening_is_one_problem_for_the_depth_and_one_for_the_end()
    {
        Assert.Equal(
            ["1:65 objects and arrays are nested deeper than 64 levels", "1:1000001 the text ends inside the array that began at 1:64; expected ']'"],
            Located.Json(new string('[', 1_000_000)));
    }

    [Fact]
    public void What_follows_a_part_that_is_too_deep_is_read()
    {
        string deep = new string('[', 70) + "\"]\"" + new string(']', 70);
        JsonTree document = JsonTreeReader.Read(new DocumentText("{\"a\":" + deep + ",\"b\":1}"));
        Assert.Equal(ProblemCode.NestedTooDeep, Assert.Single(document.Problems).Code);
        Assert.True(document.Root.TryGetProperty("b", out _));
    }

    [Fact]
    public void A_string_of_ten_megabytes_is_read()
    {
        string big = new('x', 10_000_000);
        JsonTree document = JsonTreeReader.Read(new DocumentText("[\"" + big + "\",\"\\n" + big + "\"]"));
        Assert.Empty(document.Problems);
        string[] texts = new string[2];
        int i = 0;
        foreach (JsonItem element in document.Root.Elements())
        {
            texts[i++] = element.Text;
        }

        Assert.True(texts[0] == big);
        Assert.True(texts[1] == "\n" + big);
    }

    [Fact]
    public void Problems_beyond_the_limit_are_counted_as_one()
    {
        JsonTree document = JsonTreeReader.Read(new DocumentText("[" + string.Concat(Enumerable.Repeat("@,", 100_000)) + "1]"));
        Assert.Equal(JsonTreeReader.MaxProblems + 1, document.Problems.Length);
        Assert.Equal("too many problems; the rest is not listed", document.Problems[^1].Message);
    }
}
