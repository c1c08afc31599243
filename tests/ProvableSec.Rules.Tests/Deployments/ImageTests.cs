using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Deployments;
using ProvableSec.Rules.Tests.Credentials;

namespace ProvableSec.Rules.Tests.Deployments;

/// <summary>Dockerfiles, entry scripts and containers that use CloudHSM, and Dockerfiles with secrets.</summary>
public sealed class ImageTests
{
    private static readonly string Password = new Fresh(20261203).Password();

    private const string Client = "/opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg &> /tmp/client.log &\n";

    [Theory]
    [InlineData("Dockerfile", "FROM a\nENV DB_PASSWORD={PW}\n", "PSEC1020 2:17")]
    [InlineData("Dockerfile", "FROM a\nENV A=b DB_PASSWORD=\"{PW}\" C=d\n", "PSEC1020 2:21")]
    [InlineData("Dockerfile", "FROM a\nENV DB_PASSWORD {PW}\n", "PSEC1020 2:17")]
    [InlineData("api.Dockerfile", "FROM a\nARG NPM_TOKEN={PW}\nENV HSM_PASSWORD {PW}\n", "PSEC1020 2:15\nPSEC1011 3:18")]
    [InlineData("Dockerfile", "FROM a\nENV A=b \\\n    # which one\n    DB_PASSWORD={PW}\n", "PSEC1020 4:17")]
    [InlineData("Dockerfile", "FROM a\nARG NPM_TOKEN\nENV DB_PASSWORD=$DB_PASSWORD API_TOKEN=${TOKEN}\n# ENV DB_PASSWORD={PW}\nENV DB_PASSWORD_FILE=/run/secrets/p\n", "")]
    [InlineData("Dockerfile", "FROM cloudhsm\nCOPY customerCA.crt customerCA.key /opt/cloudhsm/etc/\n", "PSEC2311 2:6")]
    [InlineData("Dockerfile", "FROM cloudhsm\nCOPY --chmod=666 customerCA.crt /opt/cloudhsm/etc/\n", "PSEC2311 2:6")]
    [InlineData("Dockerfile", "FROM cloudhsm\nCOPY customerCA.crt /opt/cloudhsm/etc/\nRUN yum install -y x && chmod 777 /opt/cloudhsm/etc/customerCA.crt\n", "PSEC2311 3:25")]
    [InlineData("Dockerfile", "FROM cloudhsm\nCOPY --chmod=644 customerCA.crt /opt/cloudhsm/etc/\nRUN chmod 644 /opt/cloudhsm/etc/customerCA.crt && chmod +x /app/run.sh\n", "")]
    [InlineData("Dockerfile", "FROM a\nCOPY customerCA.key /x\n", "")]
    [InlineData("Dockerfile", "FROM a\nRUN /opt/cloudhsm/bin/configure -a 10.0.1.4\n", "PSEC2312 2:36")]
    [InlineData("Dockerfile", "FROM a\nENV HSM_IP=10.0.1.4\n", "PSEC2312 2:12")]
    [InlineData("Dockerfile", "FROM cloudhsm\nRUN ./configure --prefix=/usr && curl http://10.0.1.4/x\n", "")]
    [InlineData("run.sh", "#!/bin/sh\n/opt/cloudhsm/bin/configure-jce -a 10.0.1.4\nexec java -jar app.jar\n", "PSEC2312 2:36")]
    [InlineData("run.sh", "#!/bin/sh\n/opt/cloudhsm/bin/configure -a \"$HSM_IP\"\n" + Client + "exec java -jar app.jar\n", "PSEC2313 4:1")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "sleep 5\njava -jar app.jar\n", "PSEC2313 4:1")]
    [InlineData("run.sh", "#!/bin/sh\nservice cloudhsm-client start; exec \"$@\"\n", "PSEC2313 2:32")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "while true; do if grep 'libevmulti_init: Ready !' /tmp/client.log; then break; fi; sleep 0.5; done\njava -jar app.jar\n", "")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "# until ready\njava -jar app.jar\n", "PSEC2313 4:1")]
    [InlineData("run.sh", "#!/bin/sh\n# /opt/cloudhsm/bin/cloudhsm_client &\nexec java -jar app.jar\n", "")]
    [InlineData("run.sh", "#!/bin/sh\n# cloudhsm\nexport HSM_PASSWORD={PW}\n", "PSEC1011 3:21")]
    [InlineData("run.sh", "#!/bin/sh\ncloudhsm-cli login --username app --role crypto-user --password {PW}\n", "PSEC1011 2:65")]
    [InlineData("run.sh", "#!/bin/sh\ncloudhsm-cli login --username app --role crypto-user --password \"$PIN\"\n", "")]
    [InlineData("run.sh", "#!/bin/sh\nexport DB_PASSWORD=x\nexec java -jar app.jar\n", "")]
    [InlineData("Dockerfile", "FROM a\nRUN [\"/opt/cloudhsm/bin/configure\", \"--hsm\", \"10.0.1.4\"]\n", "PSEC2312 2:47")]
    [InlineData("run.sh", "#!/bin/sh\n/opt/cloudhsm/bin/configure \\\n  -a=10.0.1.4\n", "PSEC2312 3:6")]
    [InlineData("run.sh", "#!/bin/sh\nsh -c '/opt/cloudhsm/bin/configure\nls -a 10.0.1.4'\n", "")]
    [InlineData("run.sh", "#!/bin/sh\nchmod -R g+w /opt/cloudhsm/etc\nchmod u+w /opt/cloudhsm/etc\nchmod 0662 customerCA.crt\nchmod a+r,u+w /opt/cloudhsm/etc\n", "PSEC2311 2:1\nPSEC2311 4:1")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "tail -F /tmp/client.log\n./app\n", "")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "\"${@}\"\n", "PSEC2313 3:1")]
    [InlineData("run.sh", "#!/bin/sh\n" + Client + "python3.12 app.py\n", "PSEC2313 3:1")]
    [InlineData("run.sh", "#!/bin/sh\nsystemctl start cloudhsm-client.service\n/usr/local/bin/app\n", "PSEC2313 3:1")]
    [InlineData("run.sh", "#!/bin/sh\nexport AWS_STS_REGIONAL_ENDPOINTS='legacy'\nAWS_STS_REGIONAL_ENDPOINTS=legacyx\n", "PSEC1014 2:36")]
    [InlineData(".aws/config", "[default]\n\tsts_regional_endpoints = legacy\nsts_regional_endpoints=regional\n# sts_regional_endpoints = legacy\n", "PSEC1014 2:27")]
    public void A_file_has_its_findings(string name, string text, string expected)
    {
        var source = new DocumentText(text.Replace("{PW}", Password, StringComparison.Ordinal), name);
        IReadOnlyList<DeploymentFinding> found = ImageText.Check(source, Scan.Now);
        Assert.Equal(expected, string.Join('\n', found.Select(finding => $"{finding.Finding.Rule.Id} {source.PositionOf(finding.Finding.Span.Start)}")));
        Assert.All(found, finding => Assert.DoesNotContain(Password, finding.Finding.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/opt/cloudhsm/bin/configure ", "configure -a ", "-a 10.0.1.4", "PSEC2312")]
    [InlineData("/opt/cloudhsm/bin/configure -a 10.0.1 ", "- -a -hsm ", "", "")]
    [InlineData("chmod 666 /opt/cloudhsm ", "chmod -R 777 ", "/opt/cloudhsm/etc", "PSEC2311")]
    [InlineData("chmod g+", "rx", "w /opt/cloudhsm/etc", "PSEC2311")]
    [InlineData(Client + "cloudhsm ", "tail  ", "-F\n./app", "")]
    [InlineData("cloudhsm; AWS_STS_REGIONAL_ENDPOINTS=\n", " \t", "AWS_STS_REGIONAL_ENDPOINTS=legacy", "PSEC1014")]
    [InlineData("cloudhsm sts_regional_endpoints\n", "sts_regional_endpoints  =\n", "sts_regional_endpoints = legacy", "PSEC1014")]
    public void A_long_command_is_walked_through_once(string start, string repeated, string end, string expected)
    {
        var source = new DocumentText(start + string.Concat(Enumerable.Repeat(repeated, 200_000)) + end + "\n", "run.sh");
        Assert.Equal(expected, string.Join('\n', ImageText.Check(source, Scan.Now).Select(finding => finding.Finding.Rule.Id)));
    }

    [Theory]
    [InlineData("""{"services": {"a": {"image": "a", "volumes": ["./customerCA.crt:/opt/cloudhsm/etc/customerCA.crt"]}}}""", "PSEC2311 /services/a/volumes/0")]
    [InlineData("""{"services": {"a": {"image": "a", "volumes": ["./customerCA.crt:/opt/cloudhsm/etc/customerCA.crt:ro,z"]}}}""", "")]
    [InlineData("""{"services": {"a": {"image": "a", "volumes": [{"type": "bind", "source": "./x", "target": "/opt/cloudhsm/etc"}]}}}""", "PSEC2311 /services/a/volumes/0")]
    [InlineData("""{"services": {"a": {"image": "a", "volumes": [{"type": "bind", "source": "./x", "target": "/opt/cloudhsm/etc", "read_only": true}]}}}""", "")]
    [InlineData("""{"services": {"a": {"image": "a", "environment": {"HSM_IP": "10.0.1.4"}, "command": "/opt/cloudhsm/bin/cloudhsm_client x & java -jar a.jar"}}}""", "PSEC2312 /services/a/environment/HSM_IP\nPSEC2313 /services/a/command")]
    [InlineData("""{"services": {"a": {"image": "a", "environment": ["HSM_IP=${HSM_IP}"], "command": ["sh", "-c", "/opt/cloudhsm/bin/cloudhsm_client x & until grep -q Ready log; do :; done; java -jar a.jar"]}}}""", "")]
    [InlineData("""{"family": "a", "containerDefinitions": [{"name": "a", "mountPoints": [{"sourceVolume": "v", "containerPath": "/opt/cloudhsm/etc"}]}]}""", "PSEC2311 /containerDefinitions/0/mountPoints/0/containerPath")]
    [InlineData("""{"Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [{"Name": "a", "MountPoints": [{"ContainerPath": "/opt/cloudhsm/etc", "ReadOnly": true}], "Command": ["/opt/cloudhsm/bin/configure -a 10.0.1.4; exec /app/run"]}]}}}}""", "PSEC2312 /Resources/T/Properties/ContainerDefinitions/0/Command/0")]
    public void A_container_has_its_findings(string json, string expected) => Assert.Equal(
        expected, string.Join('\n', DeploymentChecks.Check(JsonTreeReader.Read(new DocumentText(json)), Scan.Now)
            .Select(finding => $"{finding.Finding.Rule.Id} {finding.Finding.Pointer}")));
}
