using System.Globalization;
using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Tests.Model;

namespace ProvableSec.Reasoning.Tests.Json;

/// <summary>
/// Damaged policies by the thousand, and a quarter as many as damaged bytes; with <c>PROVABLESEC_SOAK</c> set to a number, that many, from a fresh seed that is
/// printed.
/// Each text has a seed of its own, so that one failure can be repeated alone.
/// </summary>
public sealed class ReaderFuzzTests
{
    private const int Gate = 20_000;

    [Fact]
    public void Any_damage_is_reported_in_its_place_and_never_throws()
    {
        int compared = 0;
        int total = Run(
            mutation => mutation.Next(),
            text => compared += CheckText(new DocumentText(text)) ? 1 : 0,
            text => text);
        Assert.True(compared > total / 2, $"only {compared} of {total} texts could be compared with System.Text.Json");
    }

    [Fact]
    public void Any_bytes_are_text_or_one_located_problem()
    {
        Run(mutation => mutation.NextBytes(), Check, Convert.ToHexString, share: 4);

        static void Check(byte[] bytes)
        {
            DocumentText? source = DocumentText.TryDecode(bytes, "f", out PolicyProblem? problem);
            Assert.True(source is null ^ problem is null);
            if (source is not null)
            {
                CheckText(source);
            }
            else if (problem is not null)
            {
                CheckBadByte(bytes, problem);
            }
        }
    }

    [Fact]
    public void Seeds_are_read_as_others_read_them()
    {
        foreach (string seed in SeedPolicies.All)
        {
            JsonTree document = JsonTreeReader.Read(new DocumentText(seed));
            Assert.Empty(document.Problems);
            Assert.True(SystemTextJsonComparison.Check(document));
        }
    }

    private static bool CheckText(DocumentText source)
    {
        JsonTree document = JsonTreeReader.Read(source);
        PolicyDocument policy = PolicyReader.Read(source);
        ReaderInvariants.Check(document, policy);
        if (!policy.HasErrors)
        {
            PolicyWriterTests.AssertRoundTrip(policy);
        }

        return SystemTextJsonComparison.Check(document);
    }

    /// <summary>All before the byte that is named is valid, and no longer stretch is.</summary>
    private static void CheckBadByte(byte[] bytes, PolicyProblem problem)
    {
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true, true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true, true),
            _ => new UTF8Encoding(true, true),
        };
        int bad = int.Parse(problem.Message.Split(' ')[1], CultureInfo.InvariantCulture);
        string before = encoding.GetString(bytes, 0, bad);
        before = before.StartsWith('\uFEFF') ? before[1..] : before;
        Assert.Equal(before.Length, problem.Span.Start);
        Assert.Equal(new DocumentText(before).PositionOf(before.Length), problem.Position);
        for (int more = 1; more <= 4 && bad + more <= bytes.Length; more++)
        {
            Assert.Throws<DecoderFallbackException>(() => encoding.GetCharCount(bytes, 0, bad + more));
        }
    }

    private static int Run<T>(Func<TextMutation, T> make, Action<T> check, Func<T, string> show, int share = 1)
    {
        (int total, ulong seed) = RandomRun.Of(Gate);
        total /= share;
        if (total != Gate / share)
        {
            Console.WriteLine($"reader fuzz: {total} texts from PROVABLESEC_SEED={seed}");
        }

        for (int i = 0; i < total; i++)
        {
            T input = make(new TextMutation(RandomCases.Platform(seed + (ulong)i)));
            try
            {
                check(input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"PROVABLESEC_SEED={seed + (ulong)i}: {e.Message}\ninput: {show(input)}", e);
            }
        }

        return total;
    }
}
