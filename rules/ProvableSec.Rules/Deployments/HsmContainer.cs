using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Rules.Deployments;

/// <summary>How a container of a compose file or a task uses CloudHSM: its commands, and what is mounted into it.</summary>
internal static class HsmContainer
{
    private const string ClientFiles = "/opt/cloudhsm/etc", Message = "the customer CA is mounted writable, so the container can replace it";

    private static readonly string[] Commands = ["command", "Command", "entrypoint", "entryPoint", "EntryPoint"];

    /// <summary>Looks at a container.</summary>
    public static void Check(JsonItem container, string owner, DeploymentFindings findings)
    {
        foreach (string name in Commands)
        {
            foreach (JsonItem text in container.TryGetProperty(name, out JsonItem command) ? command.Kind == JsonKind.Array ? command.Items() : [command] : [])
            {
                foreach ((Rule rule, _, string message) in text.Kind == JsonKind.String && HsmCommands.AreIn(text.Text) ? HsmCommands.Find(text.Text) : [])
                {
                    findings.Add(rule, text, owner, message);
                }
            }
        }

        foreach (JsonItem volume in container.TryGetProperty("volumes", out JsonItem volumes) ? volumes.Items() : [])
        {
            if (volume.Kind == JsonKind.String ? IsOfClient(volume.Text) && !IsReadOnly(volume.Text)
                : volume.TryGetProperty("target", out JsonItem target) && IsOfClient(target.Text) && !IsTrue(volume, "read_only"))
            {
                findings.Add(DeploymentRules.OpenCustomerCa, volume, owner, Message);
            }
        }

        foreach ((string list, string path, string readOnly) in ((string, string, string)[])[("mountPoints", "containerPath", "readOnly"),
            ("MountPoints", "ContainerPath", "ReadOnly")])
        {
            foreach (JsonItem mount in container.TryGetProperty(list, out JsonItem mounts) ? mounts.Items() : [])
            {
                if (mount.TryGetProperty(path, out JsonItem at) && at.Kind == JsonKind.String && IsOfClient(at.Text) && !IsTrue(mount, readOnly))
                {
                    findings.Add(DeploymentRules.OpenCustomerCa, at, owner, Message);
                }
            }
        }
    }

    private static bool IsOfClient(string path) => path.IndexOf("customerCA.crt", StringComparison.Ordinal) >= 0
        || path.IndexOf(ClientFiles, StringComparison.Ordinal) >= 0;

    private static bool IsReadOnly(string volume) => volume.Split(':') is { Length: > 2 } parts && Array.IndexOf(parts[parts.Length - 1].Split(','), "ro") >= 0;

    private static bool IsTrue(JsonItem of, string name) => of.TryGetProperty(name, out JsonItem value)
        && value.Text.Equals("true", StringComparison.OrdinalIgnoreCase);
}
