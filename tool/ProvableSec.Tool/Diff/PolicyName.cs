namespace ProvableSec.Tool.Diff;

/// <summary>What people call a policy that is in a file.</summary>
internal static class PolicyName
{
    private static readonly string[] Endings = [".json", ".scp", ".rcp", ".boundary", ".policy"];

    /// <summary>Its file without what says of which type it is; of a control policy that iam-collect stores, all of which are in files of one name, the
    /// folder.</summary>
    public static string OfFile(string path)
    {
        string[] steps = path.Split('/', '\\');
        if (IsCollected(steps))
        {
            return steps[^2];
        }

        string name = steps[^1];
        while (Array.Find(Endings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
        {
            name = name[..^ending.Length];
        }

        return name;
    }

    /// <summary>Whether a file is a control policy that iam-collect stores.</summary>
    /// <param name="steps">Its path, step by step.</param>
    public static bool IsCollected(string[] steps) => steps is [.., "scps" or "rcps", _, "policy.json"];
}
