namespace ProvableSec.Tool.Escalation;

/// <summary>
/// Places nodes in layers, of which each edge leads from one to the next: first in an order with few crossings (by barycenters; Sugiyama, Tagawa and Toda,
/// "Methods for Visual Understanding of Hierarchical System Structures"), then as near to their neighbors as those beside them let them be.
/// The same graph has the same layout everywhere.
/// </summary>
internal sealed class LayeredLayout
{
    private const int Sweeps = 24, Rounds = 8;

    private readonly int[][] before, after;
    private readonly double[] sizes;
    private readonly double gap;

    private LayeredLayout(IReadOnlyList<int> layers, IReadOnlyList<double> sizes, IReadOnlyList<(int From, int To)> edges, double gap)
    {
        this.sizes = [.. sizes];
        this.gap = gap;
        before = Neighbors(layers.Count, edges.Select(edge => (edge.To, edge.From)));
        after = Neighbors(layers.Count, edges);
        Order = Naive(layers);
        Centers = new double[layers.Count];
        Sort(edges);
        Place();
    }

    /// <summary>The nodes of each layer, in their order.</summary>
    public int[][] Order { get; private set; }

    /// <summary>Where the middle of each node is along its layer; the first node of a layer begins at 0 or behind.</summary>
    public double[] Centers { get; }

    /// <summary>How long the longest layer is.</summary>
    public double Length => Centers.Length == 0 ? 0 : Centers.Select((center, node) => center + (sizes[node] / 2)).Max();

    /// <summary>Lays out a graph.</summary>
    /// <param name="layers">The layer of each node.</param>
    /// <param name="sizes">How much room each node needs along its layer.</param>
    /// <param name="edges">The edges, each from a layer to the next one.</param>
    /// <param name="gap">The room between two nodes of a layer.</param>
    public static LayeredLayout Of(IReadOnlyList<int> layers, IReadOnlyList<double> sizes, IReadOnlyList<(int From, int To)> edges, double gap) =>
        edges.All(edge => layers[edge.To] == layers[edge.From] + 1) ? new LayeredLayout(layers, sizes, edges, gap)
            : throw new ArgumentException("An edge does not lead to the next layer.", nameof(edges));

    /// <summary>The layers in the order that their nodes are given in.</summary>
    public static int[][] Naive(IReadOnlyList<int> layers) =>
        [.. Enumerable.Range(0, layers.Count == 0 ? 0 : layers.Max() + 1).Select(layer => Enumerable.Range(0, layers.Count).Where(node =>
            layers[node] == layer).ToArray())];

    /// <summary>How many pairs of edges cross where the nodes of each layer are in some order.</summary>
    public static long Crossings(int[][] order, IReadOnlyList<(int From, int To)> edges)
    {
        int[] place = Places(order, order.Sum(layer => layer.Length)), layerOf = new int[place.Length];
        for (int layer = 0; layer < order.Length; layer++)
        {
            foreach (int node in order[layer])
            {
                layerOf[node] = layer;
            }
        }

        long crossings = 0;
        foreach (var between in edges.GroupBy(edge => layerOf[edge.From]))
        {
            // Edges in the order of where they begin cross where they end in another one: inversions, counted in a tree of sums.
            var ends = new int[order[between.Key + 1].Length + 1];
            int seen = 0;
            foreach ((int _, int to) in between.Select(edge => (From: place[edge.From], To: place[edge.To])).OrderBy(edge => edge.From).ThenBy(edge => edge.To))
            {
                int notBehind = 0;
                for (int i = to + 1; i > 0; i -= i & -i)
                {
                    notBehind += ends[i];
                }

                crossings += seen++ - notBehind;
                for (int i = to + 1; i < ends.Length; i += i & -i)
                {
                    ends[i]++;
                }
            }
        }

        return crossings;
    }

    private static int[][] Neighbors(int count, IEnumerable<(int From, int To)> edges)
    {
        ILookup<int, int> of = edges.ToLookup(edge => edge.From, edge => edge.To);
        return [.. Enumerable.Range(0, count).Select(node => of[node].Distinct().ToArray())];
    }

    private static int[] Places(int[][] order, int count)
    {
        var places = new int[count];
        foreach (int[] layer in order)
        {
            for (int i = 0; i < layer.Length; i++)
            {
                places[layer[i]] = i;
            }
        }

        return places;
    }

    /// <summary>Sorts the layers by barycenters, there and back; the order with the fewest crossings stays, which is the given one where none is
    /// better.</summary>
    private void Sort(IReadOnlyList<(int From, int To)> edges)
    {
        int[][] order = [.. Order.Select(layer => layer.ToArray())];
        long fewest = Crossings(Order, edges);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            for (int i = 1; i < order.Length; i++)
            {
                int layer = isDown ? i : order.Length - 1 - i;
                int[] places = Places(order, Centers.Length);
                int[][] neighbors = isDown ? before : after;
                order[layer] = [.. order[layer].OrderBy(node => neighbors[node].Length == 0 ? places[node] : neighbors[node].Average(other => places[other]))];
            }

            long crossings = Crossings(order, edges);
            if (crossings < fewest)
            {
                fewest = crossings;
                Order = [.. order.Select(layer => layer.ToArray())];
            }
        }
    }

    private void Place()
    {
        foreach (int[] layer in Order)
        {
            Spread(layer, _ => 0);
        }

        for (int round = 0; round < Rounds; round++)
        {
            bool isDown = round % 2 == 0;
            foreach (int[] layer in isDown ? Order : Order.Reverse())
            {
                Spread(layer, node => (isDown ? before : after)[node] is { Length: > 0 } others ? others.Average(other => Centers[other]) : Centers[node]);
            }
        }

        double first = Centers.Length == 0 ? 0 : Centers.Select((center, node) => center - (sizes[node] / 2)).Min();
        for (int node = 0; node < Centers.Length; node++)
        {
            Centers[node] -= first;
        }
    }

    /// <summary>Places the nodes of a layer in their order, none over another, with the least squares of how far they are from where they should be: neighbors
    /// that would overlap are pooled at their mean.</summary>
    private void Spread(int[] layer, Func<int, double> wanted)
    {
        var pools = new List<(double Sum, int Count)>();
        var offsets = new double[layer.Length];
        for (int i = 0; i < layer.Length; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + ((sizes[layer[i - 1]] + sizes[layer[i]]) / 2) + gap;
            pools.Add((wanted(layer[i]) - offsets[i], 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        int at = 0;
        foreach ((double sum, int count) in pools)
        {
            for (int i = 0; i < count; i++, at++)
            {
                Centers[layer[at]] = (sum / count) + offsets[at];
            }
        }
    }
}
