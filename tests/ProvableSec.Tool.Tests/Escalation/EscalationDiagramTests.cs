using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Escalation;

namespace ProvableSec.Tool.Tests.Escalation;

/// <summary>What of a graph is drawn, and that nothing lies over anything else: as SVG, DOT and Mermaid.</summary>
public sealed class EscalationDiagramTests
{
    public static TheoryData<int, int> Graphs() => new() { { 1, 4 }, { 2, 30 }, { 3, 30 }, { 4, 100 }, { 5, 300 }, { 6, 300 } };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void No_label_lies_over_another_and_every_arrow_leads_nearer_to_the_top(int seed, int count)
    {
        var diagram = EscalationDiagram.Of(RandomGraph(seed, count));
        Assert.NotEmpty(diagram.Arrows);
        Assert.All(diagram.Arrows, arrow =>
        {
            int label = diagram.Boxes.Count + diagram.Arrows.Index().First(one => one.Item == arrow).Index;
            Assert.All(arrow.From, from => Assert.True(diagram.Columns[from].Right < diagram.Columns[label].Left));
            Assert.All(arrow.To, to => Assert.True(diagram.Columns[label].Right < diagram.Columns[to].Left));
            Assert.All(arrow.From, from => Assert.All(arrow.To, to => Assert.Equal(diagram.Boxes[from].Distance - 1, diagram.Boxes[to].Distance)));
        });
        (double Left, double Top, double Right, double Bottom)[] rectangles = Rectangles(SvgDiagram.Of(diagram));
        Assert.Equal(diagram.Boxes.Count + diagram.Arrows.Count, rectangles.Length);
        Assert.All(rectangles.Index(), one => Assert.All(rectangles.Skip(one.Index + 1), other =>
            Assert.False(one.Item.Left < other.Right && other.Left < one.Item.Right && one.Item.Top < other.Bottom && other.Top < one.Item.Bottom)));
    }

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Everybody_with_a_chain_is_drawn_once_with_its_first_step(int seed, int count)
    {
        EscalationGraph graph = RandomGraph(seed, count);
        var diagram = EscalationDiagram.Of(graph);
        string[] drawn = [.. diagram.Boxes.SelectMany(box => box.Members)];
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
        Assert.All(graph.Chains(), chain =>
        {
            Assert.Contains(chain[0].From, drawn);
            int from = diagram.Boxes.Index().Single(box => box.Item.Members.Contains(chain[0].From)).Index, to = diagram.Boxes.Index()
                .Single(box => box.Item.Members.Contains(chain[0].To)).Index;
            Assert.Contains(diagram.Arrows, arrow => arrow.From.Contains(from) && arrow.To.Contains(to) && arrow.Ways.Contains(chain[0].Way));
        });
        // Whoever gets nowhere is left out.
        HashSet<string> known = [.. graph.Chains().Select(chain => chain[0].From), .. graph.Administrators, EscalationGraph.Administrator];
        Assert.All(drawn, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Those_with_the_same_steps_are_one_box_and_the_account_is_shown_where_there_are_several()
    {
        EscalationStep[] steps =
            [.. Enumerable.Range(1, 5)
            .Select(i => Step($"arn:aws:iam::111122223333:role/app-{i}", EscalationGraph.Administrator, "iam:PutRolePolicy on itself"))];
        var one = EscalationDiagram.Of(new EscalationGraph([.. steps.Select(step => step.From)], [], steps, [], []));
        Assert.Equal(["role/app-1 and 4 more", "administrator"], one.Boxes.Select(box => box.Label));
        Assert.Equal("iam:PutRolePolicy on itself", Assert.Single(one.Arrows).Label);
        steps = [.. steps, Step("arn:aws:iam::444455556666:role/a-role-whose-name-is-longer-than-any-box", "arn:aws:iam::111122223333:role/app-1",
            "sts:AssumeRole")];
        var two = EscalationDiagram.Of(new EscalationGraph([.. steps.Select(step => step.From)], [], steps, [], []));
        Assert.Equal(["role/a-role-whose-name-i… (444455556666)", "role/app-1 (111122223333)", "role/app-2 and 3 more", "administrator"],
            two.Boxes.Select(box => box.Label));
    }

    [Fact]
    public void Names_are_text_in_every_format()
    {
        const string Name = "arn:aws:iam::111122223333:role/\"]<b>&\\\u001b|#--";
        var diagram = EscalationDiagram.Of(new EscalationGraph([Name], [], [Step(Name, EscalationGraph.Administrator, "iam:PutRolePolicy on itself")], [], []));
        Assert.Contains(XDocument.Parse(SvgDiagram.Of(diagram)).Descendants().Where(element => element.Name.LocalName == "text"),
            element => element.Value == "role/\"]<b>&\\\\u001b|#--");
        Assert.Contains("b0[\"role/#34;#93;#60;b#62;#38;#92;#92;u001b#124;#35;--\"]\n", MermaidDiagram.Of(diagram), StringComparison.Ordinal);
        string dot = DotDiagram.Of(diagram);
        Assert.Contains("b0 [label=\"role/\\\"]<b>&\\\\\\\\u001b|#--\", ", dot, StringComparison.Ordinal);
        Assert.Contains("  b0 -> a0 [dir=none];\n  a0 -> b1;\n", dot, StringComparison.Ordinal);
    }

    [Fact]
    public void Dot_and_svg_have_the_same_layout()
    {
        var diagram = EscalationDiagram.Of(RandomGraph(2, 30));
        string dot = DotDiagram.Of(diagram);
        (double Left, double Top, double Right, double Bottom)[] drawn = Rectangles(SvgDiagram.Of(diagram));
        double height = diagram.Layout.Length;
        var places = Regex.Matches(dot, "pos=\"([-0-9.]+),([-0-9.]+)\"")
            .Select(match => (X: Number(match.Groups[1].Value), Y: height - Number(match.Groups[2].Value))).ToHashSet();
        Assert.Equal(drawn.Length, places.Count);
        double margin = drawn.Min(rectangle => rectangle.Left);
        Assert.All(drawn, rectangle => Assert.Contains(places, place => Math.Abs(place.X + margin - ((rectangle.Left + rectangle.Right) / 2)) < 0.5));
    }

    private static (double Left, double Top, double Right, double Bottom)[] Rectangles(string svg) =>
    [
        .. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "rect" && element.Attribute("rx") is not null)
            .Select(element => (X: Of(element, "x"), Y: Of(element, "y"), W: Of(element, "width"), H: Of(element, "height")))
                .Select(one => (one.X, one.Y, one.X + one.W, one.Y + one.H)),
    ];

    private static double Of(XElement element, string name) => Number(element.Attribute(name)!.Value);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static EscalationStep Step(string from, string to, string way) => new(from, to, way, []);

    private static EscalationGraph RandomGraph(int seed, int count)
    {
        var random = RandomRun.Random(seed);
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"arn:aws:iam::{(i % 2 == 0 ? "111122223333" : "444455556666")}:role/r{i:d3}")];
        string[] ways = ["sts:AssumeRole", "iam:UpdateAssumeRolePolicy", "iam:PassRole with lambda:CreateFunction and lambda:InvokeFunction"];
        EscalationStep[] steps =
        [
            .. names.Skip(2).SelectMany(from => Enumerable.Range(0, random.Next(4))
                .Select(_ => Step(from, names[random.Next(count)], ways[random.Next(ways.Length)]))).Where(step => step.From != step.To),
            .. names.Skip(2).Where(_ => random.Next(8) == 0).Append(names[^1]).Distinct()
                .Select(from => Step(from, EscalationGraph.Administrator, "iam:PutRolePolicy on itself")),
        ];
        return new EscalationGraph(names, [names[0], names[1]], steps, [], []);
    }
}
