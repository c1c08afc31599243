using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>Says what the service data say.</summary>
internal static class CatalogueWords
{
    private const int MostTypes = 4;

    /// <summary>On what an action acts.</summary>
    public static string Resources(ServiceAction action)
    {
        string[] types = [.. action.ResourceTypes.Select(r => r.ResourceType.Name).Distinct().OrderBy(n => n, StringComparer.Ordinal)];
        return types.Length switch
        {
            0 => $"{action.FullName} acts on *, or on what is in the caller's account, only",
            > MostTypes => $"{action.FullName} acts on {string.Join(", ", types.Take(MostTypes))} and {types.Length - MostTypes} other types of resource only",
            _ => $"{action.FullName} acts on {string.Join(", ", types)} only",
        };
    }
}
