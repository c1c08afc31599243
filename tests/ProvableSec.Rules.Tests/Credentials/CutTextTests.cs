namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>A text that begins or ends within a credential, at every place of it: what stands is looked at and nothing beyond, whatever is missing.</summary>
public sealed class CutTextTests
{
    private const int MostCuts = 300;

    public static TheoryData<string> Names() => [.. Texts().Select(text => text.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_may_begin_and_end_anywhere(string name)
    {
        string text = Texts().First(shape => shape.Name == name).Text;
        for (int cut = 0; cut <= Math.Min(MostCuts, text.Length); cut++)
        {
            foreach (string part in (string[])[text[cut..], text[..cut], text[^cut..], text[..^cut], text[cut..Math.Min(text.Length, 2 * cut)]])
            {
                Assert.All(Scan.Text(part, "a.py"), found => Assert.InRange(found.Start, 0, part.Length - 1));
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Texts() =>
        ShapeTests.Shapes.Concat(ServiceShapeTests.Shapes).Select(shape => (shape.Name, shape.Text));
}
