using System.Text.Json;
using CsCheck;

namespace ProvableSec.Tool.Tests.Trim;

/// <summary>What goes in comes out, or is dropped and counted.</summary>
public sealed class TrimCountsTests : IDisposable
{
    private static readonly string[] Pieces =
    [
        WafRecord.Of("ALLOW", "r") + "\n", WafRecord.Of("BLOCK", "r") + "\n", WafRecord.Of("BLOCK", "r", "secret") + "\n", "\n", "{\"cut\n", "{\"a\":1}\n",
            "text\n",
        WafRecord.Of("BLOCK", "r") + WafRecord.Of("ALLOW", "r") + "\n", "[" + WafRecord.Of("BLOCK", "r") + ",\n" + WafRecord.Of("ALLOW", "r") + "]\n",
            WafRecord.Of("BLOCK", "r").Replace(",", ",\n", StringComparison.Ordinal) + "\n",
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"message\":" + JsonSerializer.Serialize(WafRecord.Of("BLOCK", "r")) + "}]}\n", "{\"a\":{\n",
            WafRecord.Of("ALLOW", "r")[..^1] + ",\"action\":\"ALLOW\"}\n",
    ];

    private static readonly int[] Records = [1, 1, 1, 0, 1, 1, 1, 2, 2, 1, 1, 1, 1];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_counts_add_up_in_every_mode()
    {
        string rules = folder.Write("rules.json", """{"version":1,"rules":[{"id":"a","when":{"action":"ALLOW"},"then":"drop"}],"redact":[{"field":"args","by":"mask"}]}""");
        Gen.Int[0, Pieces.Length - 1].Array[1, 12].Array[1, 4].Select(Gen.Int[0, 3], Gen.Bool, Gen.Int[1, 3]).Each(60, (files, mode, compressed, jobs) =>
        {
            string[] paths = [.. files.Select((file, i) =>
            {
                string text = string.Concat(file.Select(piece => Pieces[piece]));
                return compressed ? folder.Write($"{i}.log.gz", WafRecord.Gzip(text)) : folder.Write($"{i}.log", text);
            })];
            string rest = folder["rest.log"], output = folder["out"];
            string[] where = mode switch
            {
                0 => ["-r", rules, "--unprocessed", rest],
                1 => ["-r", rules, "--unprocessed", rest, "-o", output + Path.DirectorySeparatorChar],
                2 => ["-r", rules, "--dry-run"],
                _ => ["-o", output + Path.DirectorySeparatorChar],
            };
            if (Directory.Exists(output))
            {
                Directory.Delete(output, recursive: true);
            }

            ToolRun run = ToolRun.Command(["trim", .. paths, .. where, "--format", "json", "--jobs", $"{jobs}"]);
            Assert.Equal(0, run.ExitCode);
            JsonElement report = JsonDocument.Parse(mode == 2 ? run.Output : run.Error).RootElement;
            long Count(string name) => report.GetProperty(name).GetInt64();
            int expected = files.Sum(file => file.Sum(piece => Records[piece]));
            Assert.Equal(expected, Count("records"));
            Assert.Equal(expected, report.GetProperty("reasons").EnumerateArray()
                .Sum(reason => reason.GetProperty("keptRecords").GetInt64() + reason.GetProperty("droppedRecords").GetInt64()));
            Assert.Equal(Count("bytes"), report.GetProperty("reasons").EnumerateArray()
                .Sum(reason => reason.GetProperty("keptBytes").GetInt64() + reason.GetProperty("droppedBytes").GetInt64()));
            if (mode != 2)
            {
                string kept = mode == 0 ? run.Output : string.Concat(paths.Select(path => Content(Path.Combine(output, Path.GetFileName(path)))));
                int lines = Lines(kept) + (mode == 3 ? 0 : Lines(File.ReadAllText(rest)));
                Assert.Equal(Count("records") - Count("droppedRecords"), lines);
                Assert.True(mode == 3 || !kept.Contains("secret", StringComparison.Ordinal));
            }
        });
    }

    private static int Lines(string text) => text.Split('\n').Count(line => line.Trim().Length > 0);

    private static string Content(string file) => file.EndsWith(".gz", StringComparison.Ordinal) ? WafRecord.Gunzip(File.ReadAllBytes(file))
        : File.ReadAllText(file);
}
