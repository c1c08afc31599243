using ProvableSec.Tool.Escalation;

namespace ProvableSec.Tool.Tests.Escalation;

/// <summary>Layers of nodes: nothing overlaps, and there are no more crossings than in the order that the nodes are given in.</summary>
public sealed class LayeredLayoutTests
{
    private const double Gap = 10;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nodes_of_a_layer_do_not_overlap_and_crossings_become_no_more(int seed)
    {
        var random = RandomRun.Random(seed);
        int[] layers = [.. Enumerable.Range(0, 4 + random.Next(80)).Select(i => i < 4 ? i : random.Next(4))];
        double[] sizes = [.. layers.Select(_ => 10.0 + random.Next(40))];
        (int, int)[] edges = [.. Enumerable.Range(0, 2 * layers.Length).Select(_ => (From: random.Next(layers.Length), To: random.Next(layers.Length)))
            .Where(edge => layers[edge.To] == layers[edge.From] + 1).Distinct()];
        var layout = LayeredLayout.Of(layers, sizes, edges, Gap);
        Assert.Equal(Enumerable.Range(0, layers.Length), layout.Order.SelectMany(layer => layer).Order());
        Assert.All(layout.Order.Index(), layer => Assert.All(layer.Item, node => Assert.Equal(layer.Index, layers[node])));
        Assert.All(layout.Order, layer => Assert.All(layer.Zip(layer.Skip(1)), pair =>
            Assert.True(layout.Centers[pair.Second] - (sizes[pair.Second] / 2) >= layout.Centers[pair.First] + (sizes[pair.First] / 2) + Gap - 1e-6)));
        Assert.True(layout.Centers.Select((center, node) => center - (sizes[node] / 2)).Min() >= -1e-6);
        Assert.True(LayeredLayout.Crossings(layout.Order, edges) <= LayeredLayout.Crossings(LayeredLayout.Naive(layers), edges));
        Assert.Equal(layout.Centers, LayeredLayout.Of(layers, sizes, edges, Gap).Centers);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Crossings_are_the_pairs_of_edges_that_cross(int seed)
    {
        var random = RandomRun.Random(seed);
        int left = 1 + random.Next(8), right = 1 + random.Next(8);
        int[] layers = [.. Enumerable.Repeat(0, left), .. Enumerable.Repeat(1, right)];
        (int From, int To)[] edges = [.. Enumerable.Range(0, 20).Select(_ => (random.Next(left), left + random.Next(right))).Distinct()];
        int expected = edges.SelectMany((one, i) => edges.Skip(i + 1).Where(other => (one.From - other.From) * (one.To - other.To) < 0)).Count();
        Assert.Equal(expected, LayeredLayout.Crossings(LayeredLayout.Naive(layers), edges));
    }

    [Fact]
    public void A_tangle_that_can_be_undone_is_undone()
    {
        int[] layers = [.. Enumerable.Repeat(0, 12), .. Enumerable.Repeat(1, 12)];
        (int, int)[] edges = [.. Enumerable.Range(0, 12).Select(i => (i, 23 - i))];
        Assert.Equal(66, LayeredLayout.Crossings(LayeredLayout.Naive(layers), edges));
        var layout = LayeredLayout.Of(layers, [.. layers.Select(_ => 20.0)], edges, Gap);
        Assert.Equal(0, LayeredLayout.Crossings(layout.Order, edges));
        // Each stands beside its neighbor.
        Assert.All(edges, edge => Assert.Equal(layout.Centers[edge.Item1], layout.Centers[edge.Item2], 6));
    }

    [Fact]
    public void An_edge_over_a_layer_is_refused_and_nothing_is_laid_out_as_nothing()
    {
        Assert.Throws<ArgumentException>(() => LayeredLayout.Of([0, 1, 2], [1, 1, 1], [(0, 2)], Gap));
        Assert.Equal(0, LayeredLayout.Of([], [], [], Gap).Length);
    }
}
