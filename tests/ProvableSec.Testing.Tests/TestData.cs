using System.Reflection;

namespace ProvableSec.Testing.Tests;

/// <summary>Where the files of these tests are.</summary>
internal static class TestData
{
    public static readonly string Root = typeof(TestData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static readonly string Folder = Path.Combine(Root, "tests", "ProvableSec.Testing.Tests");
}
