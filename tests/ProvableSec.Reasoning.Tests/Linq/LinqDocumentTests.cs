using ProvableSec.Policy.Cases;
// The lines between the marks stand in docs/linq.md as they are.
// <snippet>
using ProvableSec.Reasoning.Linq;
// </snippet>
using ProvableSec.Reasoning.Questions;
using static ProvableSec.Reasoning.Tests.Proving.Ask;

namespace ProvableSec.Reasoning.Tests.Linq;

/// <summary>What the page about LINQ shows compiles and runs.</summary>
public sealed class LinqDocumentTests
{
    private readonly string page = File.ReadAllText(Repository.Path("docs/linq.md"));

    [Fact]
    public void The_page_shows_this_code()
    {
        string[] lines = File.ReadAllLines(Repository.Path("tests/ProvableSec.Reasoning.Tests/Linq/LinqDocumentTests.cs"));
        var parts = new List<string>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() == "// <snippet>")
            {
                int end = Array.FindIndex(lines, i, l => l.Trim() == "// </snippet>");
                int indent = lines[i].Length - lines[i].TrimStart().Length;
                parts.Add(string.Join('\n', lines[(i + 1)..end].Select(l => l.Length < indent ? "" : l[indent..])));
            }
        }

        Assert.Equal(2, parts.Count);
        Assert.Contains($"```csharp\n{string.Join("\n\n", parts)}\n```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_prints_a_witness_or_a_proof()
    {
        List<string> open = Printed(Given.Stack(Allow(action: "iam:*")));
        Assert.Equal(4, open.Count);
        Assert.Matches("^arn:aws:iam::111122223333:[a-z]+/someone may iam:", open[0]);
        Assert.All(open[1..], line => Assert.StartsWith("iam:", line, StringComparison.Ordinal));
        Assert.Equal(["proved, given: no-direct-grants"], Printed(Given.Stack(Allow(If("StringEquals", "aws:RequestedRegion", "eu-west-1"), "iam:*"))));
    }

    [Fact]
    public void The_page_quotes_the_refusal()
    {
        string message = Assert.Throws<NotSupportedException>(() => Given.Stack(AllowAll).AllowedRequests().Where(r => r["a:k"].ToString() == "x")).Message;
        Assert.Contains($"\n> {message[..message.IndexOf("known", StringComparison.Ordinal)]}", page, StringComparison.Ordinal);
    }

    private static List<string> Printed(PolicyStack stack)
    {
        string home = "eu-west-1";
        var printed = new List<string>();
        Action<string> write = printed.Add;

        // <snippet>
        RequestQuery outside = from r in stack.AllowedRequests()
                               where r.Action.Matches("iam:*") && r["aws:RequestedRegion"] != home
                               select r;

        if (!outside.IsEmpty(out Answer answer))
        {
            Witness witness = outside.FirstOrDefault()!;
            write($"{witness.Request.Principal.Name} may {witness.Request.Action} on {witness.Request.Resource}");
            foreach (Witness other in outside.Take(3))
            {
                write(other.Request.Action);
            }
        }
        else
        {
            write($"proved, given: {string.Join(", ", answer.Assumptions)}");
        }
        // </snippet>

        return printed;
    }
}
