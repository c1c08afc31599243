using ProvableSec.Rules.Escalation;

namespace ProvableSec.Tool.Escalation;

/// <summary>
/// What of a graph is drawn, and where: the steps that bring somebody nearer to the top. Steps that lead nowhere, or round about, are left out. Users and roles
/// with the same steps to and from the same others are one box. SVG, the page and DOT have the same layout.
/// </summary>
internal sealed class EscalationDiagram
{
    /// <summary>The size of a box, of the label of an arrow, of a letter in it, and the room between them, in pixels.</summary>
    public const double BoxWidth = 292, BoxHeight = 32, LabelHeight = 18, Letter = 6.3, Gap = 12, Bend = 60;

    private EscalationDiagram(IReadOnlyList<EscalationBox> boxes, IReadOnlyList<EscalationArrow> arrows)
    {
        Boxes = boxes;
        Arrows = arrows;
        int most = boxes.Select(box => box.Distance).DefaultIfEmpty(0).Max();
        int[] layers = [.. boxes.Select(box => 2 * (most - box.Distance)), .. arrows.Select(arrow => (2 * (most - boxes[arrow.From[0]].Distance)) + 1)];
        (int, int)[] edges = [.. arrows.SelectMany((arrow, i) => arrow.From.Select(from => (from, boxes.Count + i)).Concat(arrow.To.Select(to =>
            (boxes.Count + i, to))))];
        Layout = LayeredLayout.Of(layers, [.. boxes.Select(_ => BoxHeight), .. arrows.Select(_ => LabelHeight)], edges, Gap);

        // Columns are as wide as the widest that stands in them.
        double[] widths = new double[Layout.Order.Length];
        for (int node = 0; node < layers.Length; node++)
        {
            widths[layers[node]] = Math.Max(widths[layers[node]], WidthOf(node));
        }

        double[] left = new double[widths.Length];
        for (int layer = 1; layer < widths.Length; layer++)
        {
            left[layer] = left[layer - 1] + widths[layer - 1] + Bend;
        }

        Columns = [.. layers.Select(layer => (left[layer], left[layer] + widths[layer]))];
        Lefts = [.. layers.Select((layer, node) => left[layer] + ((widths[layer] - WidthOf(node)) / 2))];
        Width = widths.Length == 0 ? 0 : left[^1] + widths[^1];
    }

    /// <summary>The boxes, the farthest from the top first.</summary>
    public IReadOnlyList<EscalationBox> Boxes { get; }

    /// <summary>The arrows between them.</summary>
    public IReadOnlyList<EscalationArrow> Arrows { get; }

    /// <summary>Where they are: boxes first, then the labels of the arrows.</summary>
    public LayeredLayout Layout { get; }

    /// <summary>Where each begins from the left.</summary>
    public IReadOnlyList<double> Lefts { get; }

    /// <summary>Where the column that each stands in begins and ends.</summary>
    public IReadOnlyList<(double Left, double Right)> Columns { get; }

    /// <summary>How wide all of it is.</summary>
    public double Width { get; }

    /// <summary>How wide a box or label is.</summary>
    public double WidthOf(int node) => node < Boxes.Count ? BoxWidth : (Arrows[node - Boxes.Count].Label.Length * Letter) + 12;

    /// <summary>How high a box or label is.</summary>
    public double HeightOf(int node) => node < Boxes.Count ? BoxHeight : LabelHeight;

    /// <summary>The diagram of a graph.</summary>
    public static EscalationDiagram Of(EscalationGraph graph)
    {
        var distances = graph.Administrators.Append(EscalationGraph.Administrator).ToDictionary(name => name, _ => 0, StringComparer.Ordinal);
        foreach (IReadOnlyList<EscalationStep> chain in graph.Chains())
        {
            distances[chain[0].From] = chain.Count;
        }

        EscalationStep[] steps = [.. graph.Steps.Where(step => distances.TryGetValue(step.From, out int from) && distances.TryGetValue(step.To, out int to)
            && to < from)];
        ILookup<string, string> leaving = steps.ToLookup(step => step.From, step => $"{step.To}\n{step.Way}"),
            arriving = steps.ToLookup(step => step.To, step => $"{step.From}\n{step.Way}");
        bool hasAccounts = steps.SelectMany(step => (string[])[EscalationName.AccountOf(step.From), EscalationName.AccountOf(step.To)])
            .Where(account => account.Length > 0).Distinct().Skip(1).Any();
        EscalationBox[] boxes =
        [
            .. steps.SelectMany(step => (string[])[step.From, step.To]).Distinct().Order(StringComparer.Ordinal)
                .GroupBy(name => $"{distances[name]} {name == EscalationGraph.Administrator} {Signature(leaving[name])} {Signature(arriving[name])}", StringComparer.Ordinal)
                .Select(same => new EscalationBox([.. same], distances[same.First()], hasAccounts)).OrderByDescending(box => box.Distance)
                .ThenBy(box => box.Members[0], StringComparer.Ordinal),
        ];
        Dictionary<string, int> boxOf = boxes.SelectMany((box, i) => box.Members.Select(member => (member, i))).ToDictionary(pair => pair.member, pair =>
            pair.i,
            StringComparer.Ordinal);

        // Ways from one box to another are one arrow. Arrows that say the same lead from their box to all others, and from all boxes that have the same ones.
        EscalationArrow[] arrows =
        [
            .. steps.GroupBy(step => (From: boxOf[step.From], To: boxOf[step.To]))
                .Select(same => (same.Key.From, same.Key.To, Ways: same.Select(step => step.Way).Distinct().Order(StringComparer.Ordinal).ToArray()))
                .GroupBy(arrow => (arrow.From, Ways: string.Join("\n", arrow.Ways)))
                .Select(same => (same.Key.From, To: same.Select(arrow => arrow.To).Order().ToArray(), same.First().Ways))
                .GroupBy(arrow => (boxes[arrow.From].Distance, To: string.Join(" ", arrow.To), Ways: string.Join("\n", arrow.Ways)))
                .Select(same => new EscalationArrow([.. same.Select(arrow => arrow.From).Order()], same.First().To, same.First().Ways))
                .OrderBy(arrow => arrow.From[0]).ThenBy(arrow => arrow.Ways[0], StringComparer.Ordinal),
        ];
        return new EscalationDiagram(boxes, arrows);
    }

    private static string Signature(IEnumerable<string> steps) => string.Join("\n\n", steps.Order(StringComparer.Ordinal));
}
