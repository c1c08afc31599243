using System.Reflection;
using ProvableSec.ServiceData;

namespace ProvableSec.Tool.Terminal;

/// <summary>What <c>--version</c> prints.</summary>
internal static class VersionText
{
    /// <summary>The version of the tool, without the commit.</summary>
    public static string Version { get; } =
        (typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];

    /// <summary>The date and source of the service data; the one place that asks for them.</summary>
    public static string ServiceData => $"service data: {ServiceCatalogue.Default.Date} ({ServiceCatalogue.Default.Source})";

    /// <summary>All lines.</summary>
    public static string Full => $"provablesec {Version}\n{ServiceData}\n";
}
