namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>A file of the product is one idea, which a reader takes in at once.</summary>
public sealed class SourceSizeTests
{
    private const int MostLines = 400;

    /// <summary>Files that are longer, each with its reason. One that has become shorter is no exception any more.</summary>
    private static readonly Dictionary<string, string> Longer = new(StringComparer.Ordinal)
    {
        ["reasoning/ProvableSec.Reasoning/Assumptions/CallerKeys.cs"] =
            "One fact a kind of caller, each of a few lines, and whoever adds a kind has to see the keys that the others have.",
    };

    [Fact]
    public void No_file_of_the_product_is_longer_than_a_reader_takes_in_but_for_a_reason()
    {
        (string Path, int Lines)[] sizes = [.. SourceTree.Product().Select(file => (file.Path, file.Text.TrimEnd('\n').Split('\n').Length))];
        Assert.True(sizes.Length > 500, $"only {sizes.Length} files were found");
        Assert.Equal(Longer.Keys.Order(StringComparer.Ordinal), sizes.Where(file => file.Lines > MostLines).Select(file => file.Path));
        Assert.All(Longer.Values, reason => Assert.True(reason.Length > 40, reason));
    }
}
