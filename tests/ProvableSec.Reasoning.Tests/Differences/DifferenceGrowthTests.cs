using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Reasoning.Tests.Differences;

/// <summary>What the difference of long policies costs, by the memory that it allocates, which is the same on every machine: some multiple of their
/// length.</summary>
public sealed class DifferenceGrowthTests
{
    private const int Short = 150, Times = 4;

    /// <summary>A cost that grows as the length does is four times as much, one that grows as its square sixteen times.</summary>
    private const double Most = 8;

    public static TheoryData<string> Changes => ["one more", "one for another", "a pattern", "a statement less"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void The_difference_of_long_lists_of_actions_costs_as_much_more_as_they_are_longer(string change)
    {
        Cost(Short, change);
        long one = Cost(Short, change), longer = Cost(Short * Times, change);
        Assert.InRange((double)longer / one, 0, Most);
    }

    private static long Cost(int count, string change)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"example:Do{i}")];
        string few = Allow(["s3:GetObject"], "arn:aws:s3:::logs/*"), all = Allow(names, "*");
        (string before, string after) = change switch
        {
            "one more" => (few + "," + all, few + "," + Allow([.. names, "example:More"], "*")),
            "one for another" => (few + "," + all, few + "," + Allow([.. names[1..], "example:Other"], "*")),
            "a pattern" => (few + "," + all, few + "," + Allow([.. names[1..], "example:*"], "*")),
            _ => (few + "," + all, few),
        };
        var question = new DifferenceQuestion { Before = Read(before), After = Read(after) };
        long start = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(DifferenceFinder.Find(question).IsNone);
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static string Allow(string[] actions, string resource) =>
        $$"""{"Effect":"Allow","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"{{resource}}"}""";

    private static PolicyDocument Read(string statements) =>
        PolicyReader.Read(new DocumentText(Document(statements)));
}
