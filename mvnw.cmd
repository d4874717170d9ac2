@echo off
rem Runs the Maven that ships with this checkout (docs/decisions/0001); see mvnw. Needs Windows 10 or later.
setlocal
set "VERSION=3.9.16"
set "ARCHIVE=%~dp0.mvn\wrapper\apache-maven-%VERSION%-bin.tar.gz"

if defined JAVA_HOME goto haveJava
for %%J in (javac.exe) do if not "%%~$PATH:J"=="" for %%B in ("%%~dp$PATH:J..") do set "JAVA_HOME=%%~fB"
:haveJava
if not exist "%JAVA_HOME%\bin\javac.exe" (
    echo Nightshift needs a JDK, not only a JRE, version 17 or later. Install one and set JAVA_HOME to it. 1>&2
    exit /b 1
)

set /p LINE=<"%ARCHIVE%.sha512"
set "EXPECTED=%LINE:~0,128%"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "DISTS=%MAVEN_USER_HOME%\wrapper\dists"
set "NAME=apache-maven-%VERSION%-%EXPECTED:~0,8%"
if exist "%DISTS%\%NAME%\bin\mvn.cmd" goto run

set "ACTUAL="
for /f "skip=1 delims=" %%H in ('certutil -hashfile "%ARCHIVE%" SHA512') do if not defined ACTUAL set "ACTUAL=%%H"
set "ACTUAL=%ACTUAL: =%"
if /i not "%ACTUAL%"=="%EXPECTED%" (
    echo mvnw: %ARCHIVE% is not the file it should be, its SHA-512 differs: check it out again 1>&2
    exit /b 1
)
set "WORK=%DISTS%\.unpacking.%RANDOM%%RANDOM%"
mkdir "%WORK%\%NAME%" || exit /b 1
tar -xzf "%ARCHIVE%" -C "%WORK%\%NAME%" --strip-components 1 || exit /b 1
move "%WORK%\%NAME%" "%DISTS%\" >nul 2>&1
rmdir /s /q "%WORK%"

:run
set "MAVEN_HOME="
set "M2_HOME="
"%DISTS%\%NAME%\bin\mvn.cmd" %*
