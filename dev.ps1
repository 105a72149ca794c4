# The same as ./dev, for PowerShell; needs bash (on Windows: Git for Windows or WSL).
& bash "$PSScriptRoot/dev" @args
exit $LASTEXITCODE
