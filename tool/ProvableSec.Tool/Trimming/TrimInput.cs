namespace ProvableSec.Tool.Trimming;

/// <summary>One stream of records.</summary>
/// <param name="Path">Its path, or <c>-</c>.</param>
/// <param name="Relative">Where its output stands in the output folder.</param>
internal sealed record TrimInput(string Path, string Relative)
{
    private static readonly string[] LogExtensions = [".gz", ".log", ".json", ".jsonl", ".ndjson", ".txt"];

    /// <summary>Whether it, or what is written for it, is compressed.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The files that some arguments name: themselves, and the logs in folders, in the order of their names.</summary>
    /// <param name="arguments">Paths, or <c>-</c>.</param>
    /// <param name="passedOver">Receives how many files in folders do not look like logs.</param>
    public static IReadOnlyList<TrimInput> Expand(IEnumerable<string> arguments, out int passedOver)
    {
        var inputs = new List<TrimInput>();
        passedOver = 0;
        foreach (string argument in arguments)
        {
            if (!Directory.Exists(argument))
            {
                inputs.Add(new TrimInput(argument, System.IO.Path.GetFileName(argument)));
                continue;
            }

            foreach (string file in Directory.EnumerateFiles(argument, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                if (LogExtensions.Contains(System.IO.Path.GetExtension(file).ToLowerInvariant()))
                {
                    inputs.Add(new TrimInput(file, System.IO.Path.GetRelativePath(argument, file)));
                }
                else
                {
                    passedOver++;
                }
            }
        }

        return inputs;
    }
}
